-- P11 contained: error
return person["\27[31m\xff\u{202e}"] ~= nil
