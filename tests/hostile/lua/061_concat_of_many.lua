-- P2 contained: limit
local s = ("x"):rep(1 << 20)
return #(s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s
  .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s) > 0
