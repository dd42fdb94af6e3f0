-- P8 same: fail
return nil
