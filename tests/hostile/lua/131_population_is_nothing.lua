-- P1 over contained: error matches "gives nothing"
return nil
