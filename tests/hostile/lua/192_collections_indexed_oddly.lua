-- P1 same: pass
local c = isms.people
return c[0] == nil and c[-1] == nil and c[1 << 62] == nil and c[math.mininteger] == nil and c[1e300] == nil and c[0.5] == nil
  and c[-0.0] == nil and c[math.huge] == nil and c[-math.huge] == nil and c[0 / 0] == nil and c[4] == nil and c[3] ~= nil and c[2 ^ 32 + 1] == nil
