-- P8 over same: unknown
return {}
