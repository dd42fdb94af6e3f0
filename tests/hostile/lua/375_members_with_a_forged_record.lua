-- P4 over contained: error matches "record"
return { { record = { id = "x" }, key = "x" } }
