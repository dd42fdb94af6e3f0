-- P1 contained: error matches "no integer representation"
return 1 << 1.5
