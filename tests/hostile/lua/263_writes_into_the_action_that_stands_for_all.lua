-- P4 contained: error matches "read-only"
local action = require("checks").action("an action that no register holds")
action.status = "cancelled"
