-- P4 over contained: error matches "read-only"
isms["canary"] = 1
return {}
