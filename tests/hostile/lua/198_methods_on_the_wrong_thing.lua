-- P1 contained: error
return isms.people.where(isms.as_of, {})
