-- P11 over same: fail
return { "\27[31mkey", "a\nb\rc", "\u{202e}x", "\xff", "" }
