-- P1 contained: error matches "compare"
table.sort { 1, "a", {}, true }
