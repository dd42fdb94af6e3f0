-- P1 over contained: error or n_a or unknown
return isms
