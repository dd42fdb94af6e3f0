-- P2 contained: limit=time
::again:: goto again
