-- P3 contained: error matches "attempt to call a nil value|attempt to index"
local _ENV = {}
return os.execute("id")
