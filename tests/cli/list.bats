#!/usr/bin/env bats
# assay list: everything there is, for people and as JSON; what is not there is an error with a suggestion.
load helper

EX=$BATS_TEST_DIRNAME/fixtures/explain

at_fixture() { cp -R "$EX/." . && rm -f pack/own/ex_3_errs.lua; }
rows() { jq -r "$1" <<<"$output"; }

@test "every thing can be listed, as text and as JSON" {
  local thing
  at_fixture
  for thing in rules requirements checks params packs kinds blocks conditions formats limits commands; do
    assay list $thing
    expect_status 0
    [ "$(wc -l <<<"$output")" -gt 2 ] || { echo "$thing"; return 1; }
    assay list $thing --format json
    expect_status 0
    [ "$(rows '[.schema, .what, (.rows | length > 1)] | join(" ")')" = "assay.list/1 $thing true" ] || { echo "$thing: $output"; return 1; }
  done
}

@test "the help names every thing" {
  local thing
  assay help list
  for thing in rules requirements checks params packs kinds blocks conditions formats limits commands; do holds "$output" "  $thing "; done
}

@test "params with their values, and where they come from" {
  at_fixture
  assay list params --control 'EX.*'
  expect_status 0
  holds "$output" "EX.1.review_interval  100 days  longest time between two looks"
  assay list params --control EX.1 --effective --param EX.1.share=95 --format json
  [ "$(rows '.rows[] | "\(.param) \(.value) \(.from)"' | paste -sd ';')" = "EX.1.review_interval 100 days assay.yaml:6;EX.1.share 95 % --param" ]
  sed -i '/review_interval: /d; s/^  EX.1:/  EX.1: {}/' assay.yaml
  assay list params --control EX.1 --effective --format json
  [ "$(rows '.rows[0] | "\(.value) \(.from)"')" = "365 days ex/own/ex_1_devices.lua:9" ]
}

@test "checks and rules with their files and lines" {
  at_fixture
  assay list checks --control EX.1
  holds "$output" "Does somebody who is here answer for each"
  assay list rules --control EX.1 --effective --format json
  [ "$(rows '.rows[0] | "\(.rule) \(.check) \(.from)"')" = "EX.1 owned_devices ex/own/ex_1_devices.lua:13" ]
  printf 'return extend "EX.1" {\n  without "supplied",\n  check "more" {\n    question = "?", tests = "design", severity = "minor", weight = 1,\n    holds = function() return true end, message = "m", remedy = "r",\n  },\n}\n' >pack/own/ex_1_ours.lua
  assay list rules --control EX.1 --effective --format json
  [ "$(rows '.rows[-1] | "\(.check) \(.from)"')" = "more ex/own/ex_1_ours.lua:3" ]
  [ "$(rows '[.rows[].check] | index("supplied")')" = null ]
}

@test "requirements and packs" {
  at_fixture
  assay list requirements --control 'EX.*' --format json
  [ "$(rows '.rows[] | "\(.requirement) \(.rule)"' | paste -sd ';')" = "EX.1 yes;EX.2 no;EX.3 no" ]
  assay list packs --format json
  [ "$(rows '.rows[] | select(.pack == "ex") | "\(.version) \(.rules) \(.trusted) \(.path)"')" = "1.0.0 1 no pack" ]
  assay list requirements --control 'ZZ.*'
  expect_status 65
}

@test "a broken rule is listed as such" {
  cp -R "$EX/." .
  echo 'return rule "EX.3" {' >pack/own/ex_3_errs.lua
  assay list rules --control 'EX.*'
  expect_status 0
  holds "$output" "broken:"
}

@test "a kind: its fields with types, what is required, and what they mean" {
  assay list kinds accounts
  expect_status 0
  holds "$output" "accounts: Accounts of persons, services and devices"
  holds "$output" "(key: id)"
  holds "$output" "enum(active, disabled, locked, deleted)"
  assay list kinds accounts --format json
  [ "$(rows '.rows[] | select(.field == "person_id") | "\(.type) \(.required) \(.also) \(.comment)"')" = "ref(people) false person empty for service accounts" ]
  [ "$(rows '.rows[] | select(.field == "status") | "\(.required)"')" = true ]
  assay list kinds acounts
  expect_status 64
  holds "$errors" 'did you mean `accounts`?'
}

@test "kinds of one's own" {
  at_fixture
  mkdir pack/kinds
  printf 'tills:\n  title: Tills\n  key: id\n  fields:\n    id: string!\n    where: string      # the shop\n' >pack/kinds/tills.yaml
  assay list kinds tills
  expect_status 0
  holds "$output" "string; the shop"
}

@test "blocks and conditions: a line each, and all about one" {
  assay list blocks
  holds "$output" "recent(records, field, d)"
  assay list blocks in_period
  expect_status 0
  holds "$output" "in_period(t): Whether t lies in the period judged"
  holds "$output" "lookback"
  assay list blocks recnt
  expect_status 64
  holds "$errors" 'did you mean `recent`?'
  assay list conditions within
  holds "$output" "within(field, limit): The date lies no further back than the limit"
  assay list conditions withn
  expect_status 64
}

@test "limits are the flags of eval, commands those of the help" {
  assay list limits --format json
  rows '.rows[].limit' | sort >limits
  assay help eval
  grep -oE -- '--limit-[a-z-]+' <<<"$output" | sort -u >flags
  diff limits flags
  assay list limits
  holds "$output" "--limit-memory"
  holds "$output" "64 MB"
  assay list commands --format json
  rows '.rows[].command' | sort >commands
  assay help
  sed -n 's/^  \([a-z]*\)  *[A-Z].*/\1/p' <<<"$output" | sort >helped
  diff commands helped
}

@test "formats: all that can be read, and the writers that are there" {
  assay list formats --format json
  [ "$(rows '[.rows[] | select(.use == "read") | .format] | join(" ")')" = "yaml json ndjson csv xml text" ]
  rows '.rows[] | select(.use == "write") | .format' | grep -qx terminal
}

@test "what makes no sense is said" {
  assay list ruls
  expect_status 64
  holds "$errors" 'did you mean `rules`?'
  assay list xyzzy
  expect_status 64
  holds "$errors" "one of: rules, requirements"
  assay list formats --effective
  expect_status 64
  assay list kinds --control A.5.18
  expect_status 64
  assay list rules A.5.18
  expect_status 64
  assay list
  expect_status 64
}
