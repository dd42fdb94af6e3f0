-- P1 contained: error or pass
return isms.people[{}] == nil
