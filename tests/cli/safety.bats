#!/usr/bin/env bats
# Rules that misbehave cost only themselves; processes that die are told, never taken for a pass.
load helper

ACME=$BATS_TEST_DIRNAME/fixtures/acme
PACKS=$BATS_TEST_DIRNAME/fixtures/packs
HOSTILE=(--rules "$PACKS/hostile" --store none -c 'HOST.*' -o json)

status_of() { jq -r --arg id "$1" '.requirements[] | select(.id == $id).status' <<<"$output"; }
reason_of() { jq -r --arg id "$1" '.requirements[] | select(.id == $id).reason' <<<"$output"; }

@test "endless, memory-eating and failing rules are errors with file and line; the others are judged" {
  assay eval "$ACME" "${HOSTILE[@]}" --limit-time 0.3
  expect_status 2
  [ "$(status_of HOST.1)" = effective ]
  [ "$(status_of HOST.2)" = error ] && holds "$(reason_of HOST.2)" "0.3 s" && holds "$(reason_of HOST.2)" host_2_endless.lua:10
  [ "$(status_of HOST.3)" = error ] && holds "$(reason_of HOST.3)" "64 MB" && holds "$(reason_of HOST.3)" host_3_memory.lua:10
  [ "$(status_of HOST.4)" = error ] && holds "$(reason_of HOST.4)" host_4_errs.lua:10
  [ "$(status_of HOST.5)" = partially_effective ]
  holds "$errors" host_2_endless.lua
  python3 -c 'import json, sys, jsonschema; jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))' .out "$BATS_TEST_DIRNAME/../../docs/result.schema.json"
}

@test "limits can be chosen, and are in the result" {
  assay eval "$ACME" "${HOSTILE[@]}" --limit-time 0.2 --limit-memory 16MB --limit-steps 200000
  expect_status 2
  holds "$(reason_of HOST.2)" "200000 steps"
  [ "$(jq -c '.run.walls | del(.sandbox)' <<<"$output")" = '{"memory_bytes":16777216,"seconds":0.2,"steps":200000}' ]
}

@test "steps are the same on every run" {
  assay eval "$ACME" "${HOSTILE[@]}" --limit-steps 123456 --jobs 1
  first=$output
  assay eval "$ACME" "${HOSTILE[@]}" --limit-steps 123456 --jobs 4
  [ "$first" = "$output" ]
}

# kill_runner SIGNAL: starts an evaluation whose second rule never ends, and sends the signal to the process that runs it.
kill_runner() {
  "$ASSAY" eval "$ACME" "${HOSTILE[@]}" --limit-time "$2" -c HOST.1 -c HOST.2 -c HOST.5 >.out 2>.err &
  local pid=$!
  wait_for 20 runner_of $pid
  kill "-$1" "$RUNNER"
  status=0
  wait $pid || status=$?
  output=$(cat .out)
  errors=$(cat .err)
}

@test "a runner that crashes costs its rule an error, the others are judged" {
  HOSTILE=(--rules "$PACKS/hostile" --store none -o json)
  kill_runner SEGV 30
  expect_status 2
  [ "$(status_of HOST.1)" = effective ]
  [ "$(status_of HOST.2)" = error ] && holds "$(reason_of HOST.2)" SIGSEGV
  [ "$(status_of HOST.5)" = partially_effective ]
}

@test "a runner that hangs is stopped after twice its time" {
  HOSTILE=(--rules "$PACKS/hostile" --store none -o json)
  kill_runner STOP 4
  expect_status 2
  [ "$(status_of HOST.2)" = error ] && holds "$(reason_of HOST.2)" "did not end"
  [ "$(status_of HOST.5)" = partially_effective ]
}

@test "a worker that dies: no result, exit code 70, nothing is stored" {
  "$ASSAY" eval "$ACME" --rules "$PACKS/hostile" --store runs.db -o json --limit-time 20 -c HOST.2 >.out 2>.err &
  pid=$!
  wait_for 20 runner_of $pid
  kill -KILL "$(pgrep -P "$(pgrep -P $pid)")"
  status=0
  wait $pid || status=$?
  output=$(cat .out) errors=$(cat .err)
  expect_status 70
  holds "$errors" SIGKILL
  [ -z "$output" ]
  [ "$(sqlite3 runs.db 'select count(*) from runs')" = 0 ]
}

@test "Ctrl-C: exit code 130, no process is left, nothing is stored" {
  "$ASSAY" eval "$ACME" --rules "$PACKS/hostile" --store runs.db -o json --limit-time 20 -c HOST.2 >.out 2>.err &
  pid=$!
  wait_for 20 runner_of $pid
  kill -TERM $pid # an interactive shell would send INT; a background process of bats ignores that one
  status=0
  wait $pid || status=$?
  expect_status 130
  [ ! -s .out ]
  gone() { ! kill -0 "$RUNNER" 2>/dev/null || grep -q 'State:.Z' "/proc/$RUNNER/status"; }
  wait_for 5 gone
  [ "$(sqlite3 runs.db 'select count(*) from runs')" = 0 ]
  [ ! -e runs.db.lock ]
}

@test "killing the parent takes everything along" {
  "$ASSAY" eval "$ACME" --rules "$PACKS/hostile" --store none -o json --limit-time 20 -c HOST.2 >.out 2>.err &
  pid=$!
  wait_for 20 runner_of $pid
  kill -KILL $pid
  wait $pid || true
  gone() { ! kill -0 "$RUNNER" 2>/dev/null || grep -q 'State:.Z' "/proc/$RUNNER/status"; }
  wait_for 5 gone
}

@test "a rule with a syntax error is an error of that rule, with file and line" {
  assay eval "$ACME" --rules "$PACKS/broken" --rules "$PACKS/hostile" --store none -c HOST.1 -c OWN.1 -o json
  expect_status 2
  [ "$(status_of OWN.1)" = error ]
  [ "$(status_of HOST.1)" = effective ]
  holds "$errors" "own_1_broken.lua:3"
}

@test "a rule file that never ends while it is loaded" {
  assay eval "$ACME" --rules "$PACKS/loading" --rules "$PACKS/hostile" --store none -c OWN.2 -c HOST.1 -o json
  expect_status 2
  holds "$errors" "own_2_loading.lua:1: error[E0632]: loading it breaks the limit of time"
  [ "$(status_of OWN.2)" = error ] && holds "$(reason_of OWN.2)" "own_2_loading.lua: loading it breaks the limit of time"
  [ "$(status_of HOST.1)" = effective ]
}

@test "a pack that is not there" {
  assay eval "$ACME" --rules nowhere --store none
  expect_status 65
  holds "$errors" nowhere
}

@test "runners have no descriptors, no privileges, no core" {
  "$ASSAY" eval "$ACME" --rules "$PACKS/hostile" --store none -o json --limit-time 20 -c HOST.2 3</dev/null >.out 2>.err &
  pid=$!
  wait_for 20 runner_of $pid
  grep -q 'NoNewPrivs:.1' "/proc/$RUNNER/status"
  fds=$(ls "/proc/$RUNNER/fd" 2>/dev/null) || skip "not root: the process is not dumpable, as it should be"
  [ "$(tr '\n' ' ' <<<"$fds")" = "0 1 2 3 " ]
  [ "$(readlink "/proc/$RUNNER/fd/1")" = /dev/null ]
  kill -TERM $pid
  wait $pid || true
}
