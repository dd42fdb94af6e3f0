-- P4 contained: error
isms.accounts["acc-1"].person.name = "dead"
