-- P2 contained: error matches "pattern needs more than"
for _ in (("a"):rep(3000) .. "b"):gmatch("a-a-a-a-c") do end
