-- P3 contained: error matches "needs"
return #isms["risks"] == 0
