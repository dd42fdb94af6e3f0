-- P11 same: fail matches "red"
return false, { why = "\27[31mred\27[0m \27]0;title\7 \155m \b\b\b\127 \r\nnext" }
