-- P4 contained: error
table.insert(require "checks", 1)
