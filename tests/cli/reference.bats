#!/usr/bin/env bats
# The reference, the annotations for editors and the manual page are what the program says now; `assay list reference` looks things up.
load helper

REPO=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

@test "docs/reference, docs/assay.1 and stdlib/types are those that 'make reference' writes" {
  ASSAY=$(realpath "$ASSAY") "$REPO/docs/generate" tree
  local part
  for part in docs/reference docs/assay.1 stdlib/types/checks.lua stdlib/types/conditions.lua stdlib/types/kinds.lua stdlib/types/kinds; do
    diff -r "$REPO/$part" "tree/$part" || { echo "run: make reference"; return 1; }
  done
}

@test "the manual page has every command and flag, and no fault" {
  local command flag
  assay list commands --format json
  cp .out commands.json
  for command in $(jq -r '.rows[].command' commands.json); do
    grep -q "^\.SS assay $command" "$REPO/docs/assay.1" || { echo "$command"; return 1; }
    for flag in $(jq -r --arg c "$command" '.rows[] | select(.command == $c) | .flags[].name' commands.json); do
      "$ASSAY" help "$command" | grep -q -- "--$flag\b" || { echo "help: $command --$flag"; return 1; }
      grep -qF -- "--$flag" <(sed 's/\\-/-/g' "$REPO/docs/assay.1") || { echo "$command --$flag"; return 1; }
    done
  done
  [ -z "$(groff -K utf8 -man -ww -z -t "$REPO/docs/assay.1" 2>&1)" ]
  groff -K utf8 -man -T ascii -P-cbou "$REPO/docs/assay.1" | grep -q "assay eval BUNDLE"
}

@test "one name looked up, by any of its names" {
  assay list reference where
  expect_status 0
  holds "$output" "collection:where(filter)  (method)"
  assay list reference isms.accounts.status
  holds "$output" "enum(active, disabled, locked, deleted)"
  assay list reference within
  holds "$output" "see also: checks.within"
  assay list reference check --format json
  [ "$(jq -r '.rows[] | select(.what == "over") | .about' <<<"$output" | grep -c population)" = 1 ]
}

@test "a name that is not there is an error with a suggestion" {
  assay list reference wher
  expect_status 64
  holds "$errors" 'the reference has no `wher`'
  holds "$errors" 'did you mean `collection:where`?'
  assay list reference accounts.usrname
  expect_status 64
  holds "$errors" 'did you mean `accounts.username`?'
  assay list reference qqqqqqqq
  expect_status 64
  holds "$errors" '`assay list reference` shows all'
}

@test "what cannot be written in a format is an error that says what can" {
  assay list rules --format lua
  expect_status 64
  holds "$errors" "rules cannot be written as lua"
  holds "$errors" "kinds, one kind, blocks and conditions"
  assay list kinds --format man
  expect_status 64
  holds "$errors" "only commands"
  assay list codes E0101
  expect_status 64
  holds "$errors" "assay check --explain CODE"
}

@test "annotations of a kind of one's own" {
  assay new pack acme
  assay new kind laptops --pack acme
  assay list kinds laptops --format lua
  expect_status 0
  holds "$output" "---@class record.laptops"
  holds "$output" "---@field laptops collection.laptops"
  holds "$output" "where fun(self: collection.laptops, filter: filter.laptops|fun(record: record.laptops): any): collection.laptops"
}

@test "everything as Markdown: a table, with nothing in it that breaks it" {
  local thing
  for thing in rules requirements checks params packs kinds blocks conditions reference formats limits commands codes; do
    assay list $thing --format markdown
    expect_status 0
    [ "$(grep -c '^|' <<<"$output")" -gt 2 ] || { [ $thing = codes ] || { echo "$thing"; return 1; }; }
    # every row of a table has as many cells as its head
    awk -v thing=$thing '/^```/ { code = !code } code { next } /^\|/ { line = $0; gsub(/\\\|/, "", line); n = gsub(/\|/, "", line); if (!cells) cells = n; if (n != cells) { print thing ": " $0; bad = 1 } next } { cells = 0 } END { exit bad }' <<<"$output"
  done
}
