-- P2 contained: limit or error matches "too many|no value"
return #(("%s"):rep(100)):format(table.unpack(table.pack(("x"):rep(1 << 20)), 1, 1)) > 0
