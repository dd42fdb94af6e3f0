-- P8 same: pass
return "false"
