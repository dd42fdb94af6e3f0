-- P1 contained: error matches "the condition gives a table with a key that is a table or a function"
return false, { [{}] = 1, why = "x" }
