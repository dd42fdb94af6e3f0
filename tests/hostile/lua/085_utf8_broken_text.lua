-- P1 contained: error matches "invalid UTF-8"
for _ in utf8.codes("a\xffb") do end
