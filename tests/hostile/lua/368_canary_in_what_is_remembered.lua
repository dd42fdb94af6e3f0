-- P4 same: pass
local checks = require "checks"
local different = checks.each_different(isms.accounts, "system")
different[1], different.canary = nil, "dead"
local alike = checks.alike(isms.accounts, "system", "CRM")
return #alike == 2 and #checks.alike(isms.accounts, "system", "crm") == 2
