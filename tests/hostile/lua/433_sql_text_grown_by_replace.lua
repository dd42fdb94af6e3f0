-- P1 contained: error matches "longer than 4 MB"
return #sql("SELECT replace(printf('%.1000000c', 'x'), 'x', printf('%.1000c', 'y')) AS t") > 0
