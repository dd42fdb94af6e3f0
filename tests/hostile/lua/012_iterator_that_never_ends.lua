-- P2 contained: limit=time
for _ in function() return 1 end do end
