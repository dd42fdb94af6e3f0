-- P1 contained: error matches "is compared with a number"
return #isms.people:where { name = 0 / 0 } == 0
