-- P8 over same: fail
return { { blank = 0 / 0, key = 0 / 0 }, { key = 1e300 }, { key = -0.0 }, { word = true }, { key = "a", members = isms.people } }
