-- @ID@ @TITLE@. The records below are samples, one of each kind that the rule needs, made from the kinds. Change them until every check passes
-- at the baseline, take the lines of `at_baseline` and `unreachable` away one by one, and write a case for each way to fail.
return test "@ID@" {
  as_of = "2026-06-30",
  baseline = {
@RECORDS@  },
@AT_BASELINE@@CASES@@UNREACHABLE@}
