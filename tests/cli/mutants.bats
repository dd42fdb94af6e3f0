#!/usr/bin/env bats
# The mutants of the shipped rules: every one is noticed by a test, or explained in mutants.yaml, which says no more than is true.

load helper

@test "no mutant of the shipped rules lives without an explanation" {
  assay test "$BATS_TEST_DIRNAME/../../rules/iso27001" --mutate --format json
  expect_status 0
  jq -e '.mutants.made > 4000 and .mutants.alive == 0 and .mutants.explained < 0.03 * .mutants.made' <<<"$output"
  jq -e '[.files[] | select(.mutants)] | length == 16 and all(.mutants.limits == 0)' <<<"$output"
}
