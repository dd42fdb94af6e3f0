#!/usr/bin/env bats
# examples/acme: the planted gaps of its README, exactly these and nothing else; and the generator that wrote it.
load helper

ROOT=$BATS_TEST_DIRNAME/../..
ACME=$ROOT/examples/acme

setup_file() {
  local program=${ASSAY:-$BATS_TEST_DIRNAME/../../build/assay} status=0
  (cd "$ROOT" && "$program" eval examples/acme --store none -o json) >"$BATS_FILE_TMPDIR/acme.json" 2>"$BATS_FILE_TMPDIR/acme.err" || status=$?
  echo "$status" >"$BATS_FILE_TMPDIR/status"
}

# rows TITLE: the rows of the README's table below that heading, cells separated by tabs, code marks taken off.
rows() {
  awk -v title="## $1" '$0 == title { on = 1; next } /^## / { on = 0 } on && /^\| *(A\.|[0-9])/' "$ACME/README.md" |
    sed -E 's/^\| *//; s/ *\|$//; s/ *\| */\t/g; s/`//g'
}

# findings [FILTER]: requirement, check, key, place and grade of the findings of failed checks.
findings() {
  jq -r '.requirements[] as $r | $r.checks[] | select(.status == "fail") as $c | $c.findings[] | '"${1-select(.excepted_by == null)}"' |
    [$r.id, $c.name, .key // "-", (if .document then "\(.document):\(.line)" else "-" end), .grade // "-"] | @tsv' "$BATS_FILE_TMPDIR/acme.json"
}

@test "it is read without any complaint, and its gaps give exit code 1" {
  [ "$(cat "$BATS_FILE_TMPDIR/status")" = 1 ]
  ! grep -E 'error|warning' "$BATS_FILE_TMPDIR/acme.err" || return 1
  [ "$(jq '[.diagnostics[] | select(.severity != "note")] | length' "$BATS_FILE_TMPDIR/acme.json")" = 0 ]
  [ "$(jq '[.documents[] | select(.readable | not)] | length' "$BATS_FILE_TMPDIR/acme.json")" = 0 ]
  [ "$(jq '[.documents[].left_out] | add' "$BATS_FILE_TMPDIR/acme.json")" = 0 ]
  [ "$(jq '[.documents[].records] | add > 4000' "$BATS_FILE_TMPDIR/acme.json")" = true ]
}

@test "each planted gap is found where the README says, with its grade" {
  local row n=0
  findings >found
  while IFS= read -r row; do
    n=$((n + 1))
    grep -qxF "$(cut -f 1-5 <<<"$row")" found || { echo "not found: $row"; cat found; return 1; }
  done < <(rows "The planted gaps")
  [ "$n" -ge 16 ]
}

@test "nothing else fails" {
  rows "The planted gaps" | cut -f 1-5 | sort -u >planted
  findings | sort -u >found
  diff planted found
}

@test "each gap says what is wrong" {
  local row message
  while IFS=$'\t' read -r id check key place _ message; do
    row=$(jq -r --arg id "$id" --arg check "$check" --arg key "$key" '.requirements[] | select(.id == $id).checks[] | select(.name == $check).findings[] |
      select((.key // "-") == $key).message' "$BATS_FILE_TMPDIR/acme.json" | head -n 1)
    [ "$row" = "$message" ] || { echo "$id $check $place: $row"; echo "README: $message"; return 1; }
  done < <(rows "The planted gaps" | sed 's/\\|/|/g')
}

@test "the training gap concerns as many people as the README says" {
  n=$(jq '.requirements[] | select(.id == "A.6.3").checks[] | select(.name == "training_repeated").failed' "$BATS_FILE_TMPDIR/acme.json")
  grep -q "stands for $n people" <(tr '\n' ' ' <"$ACME/README.md")
}

@test "what lacks evidence does so on purpose" {
  jq -r '.requirements[] as $r | $r.checks[] | select(.status == "unknown") | "\($r.id)\t\(.name)"' "$BATS_FILE_TMPDIR/acme.json" | sort >unknown
  rows "What lacks evidence on purpose" | cut -f 1,2 | sort >expected
  diff expected unknown
}

@test "a live exception excuses its finding, one that ran out excuses nothing" {
  [ "$(findings 'select(.excepted_by != null)' | cut -f 1-3)" = "$(rows "What an exception covers" | cut -f 1-3)" ]
  [ "$(jq -r '[.requirements[].checks[].findings[] | .excepted_by // empty] | unique | join(" ")' "$BATS_FILE_TMPDIR/acme.json")" = EXC-2026-01 ]
  findings | grep -q $'^A.5.1\tpolicies_reviewed\tDOC-019\t'
}

@test "no check ends in an error, and every rule that ships is judged" {
  [ "$(jq '[.requirements[] | select(.status == "error")] | length' "$BATS_FILE_TMPDIR/acme.json")" = 0 ]
  [ "$(jq '[.requirements[].checks[] | select(.status == "error")] | length' "$BATS_FILE_TMPDIR/acme.json")" = 0 ]
  for id in 4.1 5.2 6.1.2 6.1.3 9.2.1 10.2 A.5.1 A.5.9 A.5.18 A.5.19 A.5.24 A.6.3 A.7.2 A.8.8 A.8.13 A.8.32; do
    [ "$(jq -r --arg id $id '.requirements[] | select(.id == $id).status' "$BATS_FILE_TMPDIR/acme.json")" != not_evaluated ] || { echo "$id"; return 1; }
  done
}

@test "risks fall from inherent to residual as far as the evidence carries" {
  while IFS=$'\t' read -r id inherent residual; do
    [ "$(jq -r --arg id "$id" '.risks[] | select(.id == $id) | "\(.inherent.score) \(.residual.score)"' "$BATS_FILE_TMPDIR/acme.json")" = "$inherent $residual" ] ||
      { echo "$id"; return 1; }
  done < <(awk '/^\| R-/' "$ACME/README.md" | sed -E 's/^\| *//; s/ *\| */\t/g' | awk -F '\t' '{ print $1 "\t" $3 "\t" $4 }')
  [ "$(awk '/^\| R-/' "$ACME/README.md" | wc -l)" = "$(jq '.risks | length' "$BATS_FILE_TMPDIR/acme.json")" ]
  [ "$(jq '[.risks[] | select(.residual.score > .inherent.score)] | length' "$BATS_FILE_TMPDIR/acme.json")" = 0 ]
}

@test "the generator writes the same bytes again" {
  command -v lua5.4 >/dev/null || skip "lua5.4 is not installed"
  lua5.4 "$ROOT/examples/generate_acme.lua" again >counts
  cp "$ACME/README.md" again/
  diff -r "$ACME" again
  grep -q '^records ' counts
}

@test "a larger company has the same gaps" {
  command -v lua5.4 >/dev/null || skip "lua5.4 is not installed"
  lua5.4 "$ROOT/examples/generate_acme.lua" --scale 3 larger >/dev/null
  assay eval larger --store none --fail-on never -o json
  expect_status 0
  lacks "$errors" error
  lacks "$errors" warning
  [ "$(jq -r .run.bundle <<<"$output")" = acme ]
  [ "$(jq '.documents[] | select(.path == "evidence/hr/workforce.csv").records' <<<"$output")" -gt 700 ]
  jq -r '.requirements[] as $r | $r.checks[] | select(.status == "fail") | "\($r.id) \(.name)"' <<<"$output" | sort >larger.txt
  { findings; findings 'select(.excepted_by != null)'; } | cut -f 1,2 | tr '\t' ' ' | sort -u | diff - larger.txt
}

@test "the generator refuses what it does not know" {
  command -v lua5.4 >/dev/null || skip "lua5.4 is not installed"
  status=0
  lua5.4 "$ROOT/examples/generate_acme.lua" --scale none out 2>err || status=$?
  [ $status -eq 64 ]
  grep -q "whole number" err
  [ ! -e out ]
}
