-- P2 same: pass
return #("%99.99f"):format(-1.7e308) > 300 and #("%a"):format(1e-320) > 3
