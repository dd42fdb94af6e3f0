-- P11 contained: error
return isms["\27[31m\xff\u{202e}"] ~= nil
