-- P11 contained: error matches "pwned"
error("\27]8;;http://evil\7pwned\27]8;;\7\n\27[2J\0\xff\u{202e}")
