-- P1 contained: error
return isms.people.each()
