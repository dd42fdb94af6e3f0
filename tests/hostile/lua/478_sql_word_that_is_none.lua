-- P8 contained: error matches "has no word `Disabled`"
return #sql("SELECT id FROM accounts WHERE status IN ('deleted', ?)", "Disabled") == 0
