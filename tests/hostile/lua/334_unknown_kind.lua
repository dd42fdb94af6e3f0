-- P3 contained: error
return #isms["secrets"] == 0
