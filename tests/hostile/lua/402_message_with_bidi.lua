-- P11 same: fail
return false, { why = "\u{202e}txt.exe \u{2066}x\u{2069} \u{200b}\u{feff}\u{2028}\u{2029} \u{85}" }
