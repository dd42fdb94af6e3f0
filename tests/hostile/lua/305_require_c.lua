-- P3 contained: error matches "require"
return require("/usr/lib/x86_64-linux-gnu/liblua5.4.so") ~= nil
