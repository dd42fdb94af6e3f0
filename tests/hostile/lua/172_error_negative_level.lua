-- P1 contained: error matches "far away"
error("far away", -1 << 40)
