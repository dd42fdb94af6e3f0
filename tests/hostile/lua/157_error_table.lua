-- P1 contained: error
error({ message = { message = "x", remedy = "x" } })
