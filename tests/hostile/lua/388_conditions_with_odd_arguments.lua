-- P1 contained: error
return within(5, {})(person, isms, params)
