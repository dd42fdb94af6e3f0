-- P2 contained: error
return isms.people[("x"):rep(10000000)]()
