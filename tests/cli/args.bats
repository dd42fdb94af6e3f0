#!/usr/bin/env bats
# The command line: what is unknown is an error with a suggestion, and help is everywhere.
load helper

ACME=$BATS_TEST_DIRNAME/fixtures/acme
PACK=$BATS_TEST_DIRNAME/fixtures/packs/hostile

@test "typos in commands, flags and values" {
  assay evla
  expect_status 64
  holds "$errors" 'did you mean `eval`'
  assay eval "$ACME" --fial-on never
  expect_status 64
  holds "$errors" '--fail-on'
  assay eval "$ACME" --fail-on minor
  expect_status 64
  holds "$errors" 'minor_nc'
  assay eval "$ACME" -o jsn
  expect_status 64
  holds "$errors" 'json'
  assay eval
  expect_status 64
  assay list ruels
  expect_status 64
  holds "$errors" 'rules'
  assay help evla
  expect_status 64
  [ -z "$output" ]
}

@test "a control or a param that is not there" {
  assay eval "$ACME" --store none --control A.5.81
  expect_status 65
  holds "$errors" A.5.81
  assay eval "$ACME" --store none --param A.5.18.revoke_witin=4h
  expect_status 65
  holds "$errors" revoke_within
}

@test "help for every command, on stdout" {
  assay help
  expect_status 0
  for command in $(sed -n 's/^  \([a-z]*\) .*/\1/p' <<<"$output" | sort -u); do
    assay help "$command"
    expect_status 0
    holds "$output" "usage: assay $command"
    direct=$output
    assay "$command" --help
    expect_status 0
    [ "$output" = "$direct" ]
  done
}

@test "version" {
  assay --version
  expect_status 0
  holds "$output" "assay 0.1.0"
  holds "$output" "SQLite"
}

@test "flags beat the environment, which beats assay.yaml" {
  printf 'schema: assay.config/1\neval: { fail_on: major_nc, store: none, rules: [ "%s" ], control: HOST.5 }\n' "$PACK" >assay.yaml
  assay eval "$ACME"
  expect_status 0
  ASSAY_EVAL_FAIL_ON=minor_nc assay eval "$ACME"
  expect_status 1
  ASSAY_EVAL_FAIL_ON=minor_nc assay eval "$ACME" --fail-on never
  expect_status 0
  ASSAY_EVAL_FIAL_ON=never assay eval "$ACME"
  expect_status 64
  holds "$errors" ASSAY_EVAL_FIAL_ON
  [ ! -e assay.db ]
}

@test "mistakes in assay.yaml have a line" {
  printf 'schema: assay.config/1\nevla: {}\n' >assay.yaml
  assay eval "$ACME"
  expect_status 65
  holds "$errors" 'assay.yaml:2:1'
  holds "$errors" 'eval'
  printf 'schema: assay.config/1\neval:\n  job: 3\n' >assay.yaml
  assay eval "$ACME"
  expect_status 65
  holds "$errors" 'assay.yaml:3:3'
  printf 'schema: [\n' >assay.yaml
  assay eval "$ACME"
  expect_status 65
  assay eval "$ACME" --config nowhere.yaml
  expect_status 65
  holds "$errors" nowhere.yaml
}

@test "lists" {
  for thing in rules requirements kinds params formats; do
    assay list $thing
    expect_status 0
    [ -n "$output" ]
  done
  assay list requirements
  holds "$output" "A.8.34"
}

@test "ASSAY_HOME" {
  ASSAY_HOME=$HERE assay list formats
  expect_status 74
  ASSAY_HOME=$BATS_TEST_DIRNAME/../.. assay list formats
  expect_status 0
}

@test "tests of rules as TAP" {
  assay test "$BATS_TEST_DIRNAME/../../rules/iso27001/annex_a/a_5_18_access_rights_test.lua"
  holds "$output" "1.."
  assay test nowhere
  [ "$status" -ne 0 ]
}
