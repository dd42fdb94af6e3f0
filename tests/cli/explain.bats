#!/usr/bin/env bats
# assay explain: what a rule tests, why it came out so, what became of one record. On a small pack of its own, and on examples/acme.
load helper

EX=$BATS_TEST_DIRNAME/fixtures/explain
ROOT=$BATS_TEST_DIRNAME/../..

at_fixture() { cp -R "$EX/." . && rm -f pack/own/ex_3_errs.lua; }

# says TEXT: whether the output holds it, however it is broken into lines.
says() { holds "$(tr -s ' \n' ' ' <<<"$output")" "$1"; }

# narrow N: no line of the output has more than N columns.
narrow() { [ "$(wc -L <<<"$output")" -le "$1" ] || { echo "wider than $1 columns"; echo "$output"; return 1; }; }

@test "without a bundle: question, population, conditions, limits and where they come from" {
  at_fixture
  assay explain EX.1
  expect_status 0
  says "EX.1 Devices are looked after Every device has somebody who answers for it."
  says "own control; rule: ex/own/ex_1_devices.lua"
  says "assets needed: Information and other associated assets"
  says "suppliers optional"
  says "major, operation, weight 3, line 13"
  says "over: assets where type is hardware and status is in_use or in_store"
  says "1. owner is filled 2. owner names somebody who is with the organisation; else: \"{name} belongs to {owner}, who has left\" 3. what code tests (line 20)"
  says "none there: lacks evidence"
  says "over: every record of assets"
  says "passes: where at least share (90 %) of them meet it"
  says "review_interval = 100 days (assay.yaml:6; the rule says 365 days)"
  says "share = 90 % (the rule's default, line 10)"
  lacks "$output" "FAILS"
  narrow 80
}

@test "--param is an origin too" {
  at_fixture
  assay explain EX.1 -p EX.1.share=50
  expect_status 0
  says "share = 50 % (--param; the rule says 90)"
}

@test "with a bundle: each check, the failing records with values and places" {
  at_fixture
  assay explain EX.1 bundle
  expect_status 0
  says "bundle, as of 2026-06-30: partially effective, score 62.2 of 100"
  says "owned_devices: FAILS, 4 tested, 2 failed"
  says "a2: assets.csv:3, candidate minor nonconformity Laptop 2 belongs to Bob Ray, who has left read: owner = bob; people.end_date = 2026-03-31"
  says "a3: assets.csv:4, candidate minor nonconformity Laptop 3 belongs to nobody"
  says "few_enough: passes, 1 tested, 0 failed"
  says "supplied: does not apply"
  says "suppliers optional, NOT SUPPLIED"
  narrow 80
}

@test "the score, line by line, and the risks that it moves" {
  at_fixture
  assay explain EX.1 bundle
  says "owned_devices weight 3 x share 0.5 = 1.5 looked_at weight 1 x share 0.4 = 0.4 encrypted weight 1 x share 0.8333 = 0.8333 few_enough weight 1 x share 1 = 1"
  says "supplied left out: does not apply mean: 100 x 3.7333 / 6 = 62.2, rounded down 40 or more and below 90: partially effective credited to risks: 0.622"
  says "Risks on which it acts (1) r1 Laptop lost: inherent 16 high, residual 16 high; 12 high if EX.1 were effective"
  lacks "$output" "Fire"
}

@test "the arithmetic of examples/acme gives the scores of its evaluation" {
  cd "$ROOT"
  assay eval examples/acme --store none -o json --fail-on never
  jq -r '.requirements[] | select(.score != null) | "\(.id) \(.score) \(.status) \(.credit)"' <<<"$output" >"$HERE/scores"
  [ "$(wc -l <"$HERE/scores")" -gt 10 ]
  local id score status_word credit
  for id in $(cut -d ' ' -f 1 "$HERE/scores" | head -n 20); do
    assay explain "$id" examples/acme --format json
    read -r _ score status_word credit < <(grep "^$id " "$HERE/scores")
    [ "$(jq -r '[.result.steps[] | .points | values] | last' <<<"$output")" = "$(jq -n "$score")" ] || { echo "$id"; return 1; }
    [ "$(jq -r '[.result.steps[] | select(.points) | .status] | last' <<<"$output")" = "$status_word" ]
    [ "$(jq -r '.result.credit' <<<"$output")" = "$(jq -n "$credit")" ]
  done
}

@test "the falls of examples/acme are those that the evaluation says to do first" {
  cd "$ROOT"
  assay eval examples/acme --store none -o json --fail-on never
  jq -r '[.summary.next[] | .id as $id | .falls[] | "\($id) \(.risk) \(.from) \(.to)"][0:5][]' <<<"$output" >"$HERE/falls"
  [ -s "$HERE/falls" ]
  local id risk from to
  while read -r id risk from to; do
    assay explain "$id" examples/acme --format json
    [ "$(jq -r --arg r "$risk" '.risks[] | select(.id == $r) | "\(.score) \(.to)"' <<<"$output")" = "$from $to" ] || { echo "$id $risk"; return 1; }
  done <"$HERE/falls"
}

@test "--limit bounds the records shown, and says so" {
  at_fixture
  assay explain EX.1 bundle --limit 1
  expect_status 0
  says "and 1 more (--limit shows them)"
  lacks "$output" "Laptop 3 belongs"
  assay explain EX.1 bundle --limit 1 --format json
  [ "$(jq '.checks[] | select(.name == "looked_at").result | [(.findings | length), .more]' -c <<<"$output")" = "[1,2]" ]
}

@test "--check shows one check, with its code and its limits" {
  at_fixture
  assay explain EX.1 bundle --check looked_at
  expect_status 0
  says "looked_at: FAILS, 5 tested, 3 failed"
  says "32 function(isms, params) 33 return isms.assets:where(function(asset) return asset.type == \"hardware\" and params.share > 0 end) 34 end"
  says "review_interval = 100 days"
  lacks "$output" "owned_devices:"
  narrow 80
}

@test "what evidence says cannot steer the terminal" {
  at_fixture
  printf 'a7,"Lap\x1b[31mtop",hardware,ann,,in_use,2026-01-01,yes\n' >>bundle/assets.csv
  assay explain EX.1 bundle
  says 'Laptop\u{202E}5'
  lacks "$output" $'\xe2\x80\xae'
  lacks "$output" $'\e'
  assay explain EX.1 bundle --record a7
  lacks "$output" $'\e'
  assay explain EX.1 bundle --format json
  jq -e . <<<"$output" >/dev/null
  lacks "$output" $'\e'
  lacks "$output" $'\xe2\x80\xae'
}

@test "--record: every check that goes over it, each condition, and what was read where" {
  at_fixture
  assay explain EX.1 bundle --record a2
  expect_status 0
  says "assets a2 [assets.csv:3]"
  says "owned_devices: FAILS"
  says "1. holds owner is filled read: owner = people bob"
  says "2. BROKEN owner names somebody who is with the organisation: Laptop 2 belongs to Bob Ray, who has left"
  says "people bob [people.yaml:2]: start_date = 2020-01-01; end_date = 2026-03-31"
  says "3. BROKEN what code tests (line 20): owner is bob, custodian is bob (the judge does not ask it, since one before it is broken)"
  says "encrypted: passes"
  says "judge the whole: few_enough"
  says "judge nothing: supplied"
  narrow 80
}

@test "a record is named by key, by kind and key, or by its line" {
  at_fixture
  local name
  for name in a2 "assets a2" assets.csv:3; do
    assay explain EX.1 bundle --record "$name" --format json
    expect_status 0
    [ "$(jq -r '.record.found[0].record' <<<"$output")" = "assets a2" ] || { echo "$name"; return 1; }
    [ "$(jq -r '[.record.checks[] | .records[].verdict] | join(" ")' <<<"$output")" = "fail fail pass" ]
  done
}

@test "the verdicts of records are those of the judge" {
  at_fixture
  local key
  assay explain EX.1 bundle --format json
  jq -r '.checks[] | .name as $c | .result.findings[]? | "\($c) \(.key)"' <<<"$output" | sort >failing
  for key in a1 a2 a3 a4 a5 a6; do
    assay explain EX.1 bundle --record $key --format json
    jq -r --arg k $key '.record.checks[] | select([.records[].verdict] | any(. == "fail")) | "\(.name) \($k)"' <<<"$output"
  done | sort >traced
  diff failing traced
  [ "$(wc -l <failing)" = 6 ]
}

@test "a record that checks only refer to is told as such" {
  at_fixture
  assay explain EX.1 bundle --record ann
  expect_status 0
  says "go over: owned_devices: 2 of 4 that refer to it: a1, a4"
  assay explain EX.1 bundle --record r2
  expect_status 0
  says "EX.1 does not read risks."
}

@test "groups and several kinds: a record of examples/acme" {
  cd "$ROOT"
  assay explain A.5.18 examples/acme --record okta:noor.rahmani
  expect_status 0
  says "accounts okta:noor.rahmani [evidence/idp/okta_users.csv:28]"
  says "leavers_revoked: FAILS"
  says "people P-0027 [evidence/hr/workforce.csv:28]: end_date = 2026-06-12"
  says "judged as: Okta"
  narrow 80
}

@test "a clause is explained with what it is given of the controls" {
  cd "$ROOT"
  assay eval examples/acme --store none -o json --fail-on never --control 6.1.3
  assay explain 6.1.3 examples/acme
  expect_status 0
  says "A clause lowers no risk by itself."
  says "inclusions_backed"
}

@test "requirements without a rule, and rules that err or are broken" {
  cp -R "$EX/." .
  assay explain EX.2
  expect_status 0
  says "no rule judges it (assay new rule EX.2 starts one)"
  assay explain EX.2 bundle
  expect_status 0
  says "not evaluated"
  assay explain EX.3 bundle
  expect_status 2
  says "errs: ENDED IN AN ERROR"
  says "attempt to concatenate a nil value"
  holds "$errors" "EX.3, check errs"
  assay explain EX.3 bundle --record ann
  expect_status 0
  assay explain EX.1 bundle
  expect_status 0
  lacks "$errors" "EX.3"
  echo 'return rule "EX.3" {' >pack/own/ex_3_errs.lua
  assay explain EX.3
  expect_status 65
  says "The rule cannot be loaded: ex/own/ex_3_errs.lua:"
}

@test "a rule that breaks a limit is told, and nothing more is asked of it" {
  at_fixture
  sed -i 's/expect = is_true "encrypted_at_rest"/expect = function() while true do end end/' pack/own/ex_1_devices.lua
  assay explain EX.1 bundle --limit-time 0.3
  expect_status 2
  says "error it takes more than 0.3 s (--limit-time)"
  assay explain EX.1 bundle --limit-time 0.3 --record a2
  says "the rule ended in an error, so nothing was judged"
}

@test "what is not there is an error with a suggestion" {
  at_fixture
  assay explain EX.11
  expect_status 64
  holds "$errors" 'there is no requirement `EX.11`'
  holds "$errors" 'did you mean `EX.1`?'
  assay explain EX.11 bundle
  expect_status 64
  assay explain EX.1 --check owned_device
  expect_status 64
  holds "$errors" 'did you mean `owned_devices`?'
  assay explain EX.2 --check x
  expect_status 64
  assay explain EX.1 bundle --record a22
  expect_status 66
  holds "$errors" 'the bundle has no record `a22`'
  holds "$errors" 'did you mean `a'
  assay explain EX.1 --record a2
  expect_status 64
  holds "$errors" "--record needs a bundle"
  assay explain EX.2 bundle --record a2
  expect_status 64
  assay explain EX.1 nowhere
  expect_status 66
  assay explain EX.1 bundle --format yaml
  expect_status 64
  assay explain
  expect_status 64
}

@test "JSON: a closed beginning, and everything that the text says" {
  at_fixture
  assay explain EX.1 bundle --format json
  expect_status 0
  [ "$(jq -r '.schema, .id, .kind, .as_of, .result.status, .result.score' <<<"$output" | paste -sd ' ')" = \
    "assay.explanation/1 EX.1 control 2026-06-30 partially_effective 62.2" ]
  [ "$(jq -r '.params[] | "\(.name) \(.value) \(.from) \(.file // "-"):\(.line // "-")"' <<<"$output" | head -n 1)" = \
    "review_interval 100 days assay.yaml assay.yaml:6" ]
  [ "$(jq -c '[.checks[] | {name, n: (.conditions | length)}]' <<<"$output")" = \
    '[{"name":"owned_devices","n":3},{"name":"looked_at","n":1},{"name":"encrypted","n":1},{"name":"few_enough","n":1},{"name":"supplied","n":1}]' ]
  assay explain EX.1 --format json
  [ "$(jq -r '.result // "none"' <<<"$output")" = none ]
}

@test "tailoring: the check's file, and its limits" {
  at_fixture
  cat >pack/own/ex_1_ours.lua <<'LUA'
return extend "EX.1" {
  params = { share = { default = 95 } },
  check "labelled" {
    question = "Is each device labelled?", tests = "operation", severity = "minor", weight = 1,
    over = "assets", expect = is_true "labelled", message = "{name} has no label", remedy = "Label it.",
  },
}
LUA
  assay explain EX.1
  expect_status 0
  says "tailored by: ex/own/ex_1_ours.lua"
  says "share = 95 % (ex/own/ex_1_ours.lua:2)"
  says "labelled Is each device labelled? minor, operation, weight 1, line 3"
}
