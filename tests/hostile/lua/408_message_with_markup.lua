-- P11 same: fail
return false, { why = "</script><script>alert(1)</script><img src=x onerror=alert(1)>]]>&lt;\"'" }
