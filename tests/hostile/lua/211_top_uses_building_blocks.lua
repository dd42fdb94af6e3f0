-- P3 top refused: E0511 matches "only while a check is judged"
require("checks").engaged("ann")
