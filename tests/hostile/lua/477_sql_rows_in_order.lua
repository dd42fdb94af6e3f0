-- P5 same: fail matches "acc-1,acc-2,acc-3,acc-4"
return false, { why = sql("SELECT group_concat(id) AS l FROM accounts")[1].l }
