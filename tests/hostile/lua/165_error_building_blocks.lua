-- P1 contained: error
error(require "checks")
