#!/usr/bin/env bats
# The store as commands see it: history, reports of stored runs, two writers, failures.
load helper

ACME=$BATS_TEST_DIRNAME/fixtures/acme
PACK=$BATS_TEST_DIRNAME/fixtures/packs/hostile
ONE=(--rules "$PACK" -c HOST.1)

@test "runs go to assay.db here; history and report read them" {
  assay eval "$ACME" "${ONE[@]}" -o json:direct.json
  expect_status 0
  [ -e assay.db ]
  assay history
  expect_status 0
  holds "$output" acme
  assay report last -o json
  expect_status 0
  cmp .out direct.json
  assay report 1
  holds "$output" "acme, as of 2026-06-30"
  assay report 7
  expect_status 66
  assay report first
  expect_status 64
  assay history nobody
  expect_status 0
  [ -z "$output" ]
}

@test "a stored result that was changed is told" {
  assay eval "$ACME" "${ONE[@]}"
  sqlite3 assay.db "update runs set result = replace(result, '\"name\":', '\"nome\":')"
  assay report last
  expect_status 74
  holds "$errors" "E0807" && holds "$errors" "not what was stored"
  [ -z "$output" ]
}

@test "the store lies beside assay.yaml, also from a folder below" {
  mkdir -p sub/deep && printf 'schema: assay.config/1\n' >assay.yaml
  cd sub/deep
  assay eval "$ACME" "${ONE[@]}"
  expect_status 0
  [ -e "$HERE/assay.db" ] && [ ! -e assay.db ]
  printf 'schema: assay.config/1\nstore: other.db\n' >"$HERE/assay.yaml"
  assay eval "$ACME" "${ONE[@]}"
  [ -e "$HERE/other.db" ]
}

@test "--store none stores nothing" {
  assay eval "$ACME" "${ONE[@]}" --store none
  expect_status 0
  [ ! -e assay.db ]
  assay history
  expect_status 66
  holds "$errors" "no store"
}

@test "a bundle that is not there makes no store" {
  assay eval nowhere "${ONE[@]}"
  expect_status 66
  [ ! -e assay.db ]
}

@test "everything of a run is in the tables" {
  assay eval "$ACME" --rules "$PACK" -c HOST.5
  expect_status 1
  [ "$(sqlite3 assay.db "select requirement, check_name, key, line, grade from findings")" = "HOST.5|it|bob|3|minor_nc" ]
  [ "$(sqlite3 assay.db "select count(*) from requirements")" = 128 ]
  [ "$(sqlite3 assay.db "select length(sha256) from inputs where path = 'people.csv'")" = 64 ]
  [ "$(sqlite3 assay.db "select length(sha256) from inputs where role = 'engine'")" = 64 ]
  [ "$(sqlite3 assay.db "pragma integrity_check; pragma foreign_key_check")" = ok ]
}

@test "two at once into one store" {
  "$ASSAY" eval "$ACME" "${ONE[@]}" >/dev/null 2>&1 &
  first=$!
  "$ASSAY" eval "$ACME" "${ONE[@]}" >/dev/null 2>&1 &
  second=$!
  wait $first
  wait $second
  [ "$(sqlite3 assay.db 'select count(*) from runs')" = 2 ]
}

@test "a second writer is told who holds the store" {
  "$ASSAY" eval "$ACME" --rules "$PACK" -c HOST.2 --limit-time 20 >/dev/null 2>&1 &
  first=$!
  wait_for 20 runner_of $first
  assay eval "$ACME" "${ONE[@]}"
  kill -TERM $first
  wait $first || true
  expect_status 74
  holds "$errors" "process $first"
  [ -z "$output" ]
}

@test "a damaged, foreign, newer or unwritable store: 74, and it is left alone" {
  head -c 5000 /dev/urandom >assay.db && cp assay.db before
  assay eval "$ACME" "${ONE[@]}"
  expect_status 74
  holds "$errors" E0807
  cmp assay.db before
  rm assay.db && sqlite3 assay.db 'create table t (x)' && cp assay.db before
  assay eval "$ACME" "${ONE[@]}"
  expect_status 74
  holds "$errors" E0805
  cmp assay.db before
  rm assay.db && assay eval "$ACME" "${ONE[@]}" && sqlite3 assay.db 'pragma user_version = 99'
  assay history
  expect_status 74
  holds "$errors" E0806
  assay eval "$ACME" "${ONE[@]}" --store no/such/folder.db
  expect_status 74
}

@test "a store that is a pipe, or has one for a journal: 74 at once" {
  mkfifo pipe.db
  for command in "history" "report" "eval $ACME ${ONE[*]}"; do
    status=0
    # shellcheck disable=SC2086  # words of a command
    timeout -s KILL 20 "$ASSAY" $command --store pipe.db >.out 2>.err || status=$?
    errors=$(cat .err)
    expect_status 74
    holds "$errors" "no regular file"
  done
  assay eval "$ACME" "${ONE[@]}" --store s.db
  ln -s s.db link.db
  assay history --store link.db
  expect_status 74
  holds "$errors" "a symbolic link"
  rm -f s.db-journal && mkfifo s.db-journal
  status=0
  timeout -s KILL 20 "$ASSAY" history --store s.db >.out 2>.err || status=$?
  expect_status 74
}

@test "a full disk: 74, the runs before are all there" {
  assay eval "$ACME" "${ONE[@]}"
  size=$(($(stat -c %s assay.db) / 1024))
  status=0
  (ulimit -f $((size + 4)) && "$ASSAY" eval "$ACME" --rules "$PACK" -c HOST.5 >.out 2>.err) || status=$?
  errors=$(cat .err)
  expect_status 74
  holds "$errors" "E08"
  [ "$(sqlite3 assay.db 'select count(*) from runs; pragma integrity_check')" = "1
ok" ]
  status=0
  (ulimit -f 4 && "$ASSAY" eval "$ACME" "${ONE[@]}" --store fresh.db -o json:result.json >.out 2>.err) || status=$?
  errors=$(cat .err)
  expect_status 74
  holds "$errors" "E08"
  [ "$(echo fresh.db* result.json*)" = "fresh.db* result.json*" ]
}

@test "a stream that is closed: nothing that is opened later is taken for it" {
  status=0
  "$ASSAY" eval "$ACME" "${ONE[@]}" -o json >&- 2>.err || status=$?
  errors=$(cat .err)
  expect_status 74
  holds "$errors" "stdout cannot be written"
  status=0
  "$ASSAY" eval "$ACME" "${ONE[@]}" --store other.db -o json:result.json <&- >&- 2>&- || status=$?
  expect_status 0
  jq -e .run result.json >.out
  [ ! -e other.db.lock ]
  timeout 20 "$ASSAY" eval - "${ONE[@]}" <&- >.out 2>.err || status=$?
  errors=$(cat .err)
  expect_status 65
  holds "$errors" "standard input cannot be read"
  status=0
  timeout 20 "$ASSAY" query - "select 1" <&- >.out 2>.err || status=$?
  expect_status 65
}
