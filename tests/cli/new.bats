#!/usr/bin/env bats
# assay new: what it writes passes its tests at once, nothing that is there is written over, and the next command works.
load helper

# next: runs the commands that the last output named.
next() {
  local line
  while IFS= read -r line; do
    eval "set -- ${line#next: assay }"
    assay "$@"
    [ "$status" -le 2 ] || { echo "$line: exit code $status"; echo "$errors"; return 1; }
  done < <(grep '^next: ' <<<"$output")
}

# all_well PATH…: tests pass, and, where there is such a command, nothing is found to be wrong.
all_well() {
  assay test "$@"
  expect_status 0
  lacks "$output" "not ok"
  if "$ASSAY" help | grep -q '^  check '; then
    assay check "$@"
    expect_status 0
  fi
}

# a requirement of the shipped catalogue that has no rule, and its title
without_rule() { assay list requirements --format json; jq -r --arg p "$1" '[.rows[] | select(.rule == "no" and (.requirement | startswith($p)))][0].requirement // empty' <<<"$output"; }

@test "a pack: its own requirement, rule and test, settings, and help for editors" {
  assay new pack acme
  expect_status 0
  [ "$(find . -type f ! -name '.out' ! -name '.err' | sort | paste -sd ' ')" = \
    "./acme/.luarc.json ./acme/catalog.yaml ./acme/own/acme_1.lua ./acme/own/acme_1_test.lua ./acme/pack.yaml ./assay.yaml" ]
  holds "$output" "wrote acme/own/acme_1_test.lua"
  holds "$output" "next: assay test acme"
  next
  expect_status 0
  holds "$output" "1..10"
  assay test acme --mutate
  expect_status 0
  all_well acme
  assay list requirements --control ACME.1
  expect_status 0
  holds "$output" "Requirement ACME.1"
  [ "$(jq -r '."runtime.version"' acme/.luarc.json)" = "Lua 5.4" ]
  [ "$(jq -r '."workspace.library"[0]' acme/.luarc.json | grep -c '/stdlib/types$')" = 1 ]
  [ "$(jq -r '."runtime.builtin".io' acme/.luarc.json)" = disable ]
  [ -f "$(jq -r '."workspace.library"[0]' acme/.luarc.json)/words.lua" ]
}

@test "nothing that is there is written over" {
  assay new pack acme
  assay new pack acme
  expect_status 74
  holds "$errors" "acme/pack.yaml is there already; nothing is written"
  mkdir demo && echo mine >demo/bundle.yaml
  assay new bundle demo
  expect_status 74
  holds "$errors" "demo/bundle.yaml is there already; nothing is written"
  [ "$(cat demo/bundle.yaml)" = mine ]
  [ "$(find demo | wc -l)" = 2 ]
  assay new kind laptops
  assay new kind laptops
  expect_status 64
  holds "$errors" 'there is a kind `laptops` already'
  ln -s /nowhere acme/own/acme_9_test.lua
  cp acme/catalog.yaml before
  echo 'return rule "ACME.9" {}' >acme/own/acme_9.lua
  assay new test ACME.9
  [ "$status" -ne 0 ]
  cmp before acme/catalog.yaml
}

@test "an own requirement: rule, test, and an entry in the catalogue" {
  assay new pack acme
  assay new rule ACME.2 --title 'Tills are "counted" daily'
  expect_status 0
  holds "$output" "wrote acme/own/acme_2_tills_are_counted.lua"
  holds "$output" "added to acme/catalog.yaml"
  next
  assay list requirements --control ACME.2
  holds "$output" 'Tills are "counted" daily'
  all_well acme
  assay new rule ACME.2
  expect_status 64
  holds "$errors" "ACME.2 has a rule already: acme/own/acme_2_tills_are_counted.lua"
}

@test "an own requirement where the pack has no catalogue, or one of another shape" {
  mkdir -p plain other
  printf 'schema: assay.pack/1\nname: plain\nversion: 1' >plain/pack.yaml
  assay new rule PLAIN.1 plain
  expect_status 0
  holds "$output" "added to plain/pack.yaml"
  assay list requirements --rules plain --control 'PLAIN.*'
  expect_status 0
  all_well plain
  printf 'schema: assay.pack/1\nname: other\nversion: 1\ncatalog: c.yaml\n' >other/pack.yaml
  printf 'schema: assay.catalog/1\nentries:\n- id: "O.1"\n  kind: control\n  title: One' >other/c.yaml
  assay new rule O.2 other
  expect_status 0
  assay list requirements --rules other --control 'O.*' --format json
  [ "$(jq -r '[.rows[].requirement] | join(" ")' <<<"$output")" = "O.1 O.2" ]
  printf 'schema: assay.catalog/1\nentries: [{id: "O.1", kind: control, title: One}]\nstandard: {}\n' >other/c.yaml
  cp other/c.yaml before
  assay new rule O.3 other
  expect_status 65
  cmp before other/c.yaml
  [ ! -e other/own/o_3.lua ]
}

@test "a rule for a requirement of the catalogue that has none" {
  local id prefix
  assay new pack acme
  for prefix in A. 4 7; do
    id=$(without_rule $prefix)
    [ -n "$id" ] || continue
    assay new rule "$id"
    expect_status 0
    next
    assay list rules --control "$id"
    holds "$output" "acme/"
  done
  all_well acme
}

@test "what has a rule, or no place in any catalogue, gets none" {
  assay new pack acme
  assay new rule A.5.18
  expect_status 64
  holds "$errors" "A.5.18 has a rule already: iso27001/annex_a/a_5_18_access_rights.lua"
  holds "$errors" '`assay new tailoring A.5.18` changes it without copying it'
  assay new rule A.8.99
  expect_status 64
  holds "$errors" 'there is no requirement `A.8.99`'
  assay new rule 'nonsense/../x'
  expect_status 64
  assay new rule ACME1
  expect_status 64
  [ "$(find acme -type f | wc -l)" = 5 ]
}

@test "tailoring passes its test, changes nothing by itself, and adds its check" {
  assay new pack acme
  local id
  for id in A.5.18 A.8.13 6.1.2 5.2; do
    assay new tailoring $id
    expect_status 0
    next
  done
  assay test acme --mutate
  expect_status 0
  all_well acme
  assay list checks --control A.5.18
  holds "$output" "our_instruction_reviewed"
  assay list params --control A.5.18 --effective
  holds "$output" "acme/annex_a/a_5_18_ours.lua:"
  assay new tailoring A.5.18
  expect_status 74
  holds "$errors" "acme/annex_a/a_5_18_ours.lua tailors A.5.18 already"
  assay new tailoring A.5.81
  expect_status 64
  id=$(without_rule A.)
  if [ -n "$id" ]; then
    assay new tailoring "$id"
    expect_status 64
    holds "$errors" "assay new rule $id"
  fi
}

@test "a test for a rule that has none passes, and says what is still to be shown" {
  assay new pack acme
  rm acme/own/acme_1_test.lua
  assay new test ACME.1
  expect_status 0
  holds "$output" "wrote acme/own/acme_1_test.lua"
  all_well acme
  holds "$(cat acme/own/acme_1_test.lua)" 'reason = "no case shows it yet"'
  assay new test ACME.1
  expect_status 74
  assay new test A.5.18
  expect_status 64
  holds "$errors" "its rule is in another pack"
}

@test "tests for shipped rules, made anew, pass as well" {
  local rule id
  mkdir -p mine/x
  for id in A.5.18 A.8.13 5.2 10.2; do
    rule=$("$ASSAY" list rules --control $id --format json | jq -r '.rows[0].file')
    cp "$BATS_TEST_DIRNAME/../../rules/$rule" mine/x/
    assay new test $id mine
    expect_status 0
    assay test "mine/x/$(basename "$rule")"
    expect_status 0
  done
}

@test "a kind is there at once" {
  assay new pack acme
  assay new kind till_counts --title 'Counts: of tills'
  expect_status 0
  next
  expect_status 0
  holds "$output" "till_counts: Counts: of tills (key: id)"
  assay new kind Laptops
  expect_status 64
  assay new kind people
  expect_status 64
}

@test "a bundle is read without complaint" {
  assay new bundle demo --title 'Demo: Ltd'
  expect_status 0
  next
  lacks "$errors" "error"
  lacks "$errors" "warning"
  assay eval demo --store none -o json --fail-on never
  [ "$(jq -c '[.documents[] | [.kind, .records]] | sort' <<<"$output")" = '[["accounts",3],["documents",1],["organization",1],["people",3]]' ]
}

@test "the pack is found from within, by name, or must be said" {
  assay new rule ACME.1
  expect_status 64
  holds "$errors" "there is no pack here"
  assay new pack acme
  mkdir -p acme/deep/er && cd acme/deep/er
  assay new kind one
  expect_status 0
  [ -f ../../kinds/one.yaml ]
  cd ../../..
  assay new kind two --pack acme
  expect_status 0
  assay new pack other
  expect_status 0
  holds "$output" "then: add it to assay.yaml: packs: [{path: other}]"
  [ "$(grep -c path assay.yaml)" = 1 ]
  assay new kind three other
  expect_status 0
  [ -f other/kinds/three.yaml ]
  holds "$output" "next: assay list kinds three --rules other"
  next
  expect_status 0
  assay new kind four --pack nowhere
  expect_status 66
  assay new pack third in/a/folder
  expect_status 0
  [ -f in/a/folder/pack.yaml ]
  all_well in/a/folder
}

@test "usage" {
  assay new rul ACME.1
  expect_status 64
  holds "$errors" 'did you mean `rule`?'
  assay new rule
  expect_status 64
  assay new pack 1x
  expect_status 64
  assay new pack 'a b'
  expect_status 64
  assay new pack acme --pack x
  expect_status 64
  assay new pack /dev/null/x /dev/null/x
  [ "$status" -ne 0 ]
}
