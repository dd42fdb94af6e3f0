-- P1 contained: error or pass or fail
return filled("username")(isms.people, isms, params)
