#!/usr/bin/env bats
# The sandbox: same results behind every kind of wall; what is denied; what is told when a wall is missing.
load helper

FIXTURES=$BATS_TEST_DIRNAME/fixtures
ACME=$FIXTURES/acme
HOSTILE=$FIXTURES/packs/hostile
PRYING=$FIXTURES/packs/prying
# What a runner may ask of the system (docs/sandbox.md names it all; these are what a run is seen to use).
RUNNER_CALLS=(write exit_group brk mmap munmap mremap madvise futex rt_sigreturn clock_gettime setitimer rt_sigaction rt_sigprocmask)

# The result without what may differ between machines and flags.
plain() { jq -S 'del(.run.walls.sandbox)' "$1"; }
others() { jq -S '[.requirements[] | select(.id != "HOST.2")], .risks, .documents, .criteria' "$1"; }
sandbox() { jq -r ".run.walls.sandbox.$1" <<<"$output"; }

# sanitized: the program is built with a sanitizer, whose lists are longer.
sanitized() { grep -q __asan_init "$ASSAY"; }

# A bundle that is large enough for several runners.
large() {
  cp -r "$ACME" large
  for i in $(seq 1 9000); do echo "p$i,P $i,employee,2020-01-01"; done >>large/people.csv
}

@test "results are the same bytes behind every wall, with any number of processes" {
  large
  rules=(--rules "$HOSTILE" --store none -c HOST.1 -c HOST.4 -c HOST.5 -c A.5.18 -c 6.1.2 --fail-on never)
  for how in bundle rule none; do
    for jobs in 1 4; do
      assay eval large "${rules[@]}" --isolation $how --jobs $jobs -o "json:$how-$jobs.json"
      expect_status 2
      [ "$(jq -r .run.walls.sandbox.isolation $how-$jobs.json)" = $how ]
      cmp <(plain bundle-1.json) <(plain $how-$jobs.json)
    done
  done
  assay eval large "${rules[@]}" -o json:mixed.json
  [ "$(jq -r .run.walls.sandbox.isolation mixed.json)" = mixed ]
  cmp <(plain bundle-1.json) <(plain mixed.json)
}

@test "the digest can be recomputed from the document without the sandbox" {
  assay eval "$ACME" --store none -o json --fail-on never
  python3 - .out <<'PY'
import hashlib, json, sys
result = json.load(open(sys.argv[1], encoding="utf-8"))
digest = result["run"].pop("digest")
del result["run"]["walls"]["sandbox"]
text = json.dumps(result, separators=(",", ":"), ensure_ascii=False)
sys.exit(hashlib.sha256(text.encode()).hexdigest() != digest)
PY
}

@test "each rule of a pack that is not trusted has a process of its own" {
  assay eval "$ACME" --store none -o json --rules "$HOSTILE" -c HOST.1
  [ "$(sandbox isolation)" = rule ]
  assay eval "$ACME" --store none -o json -c A.5.18 --fail-on never
  [ "$(sandbox isolation)" = bundle ]
  printf 'schema: assay.config/1\npacks: [ { path: "%s", trusted: true } ]\n' "$HOSTILE" >assay.yaml
  assay eval "$ACME" --store none -o json -c HOST.1
  [ "$(sandbox isolation)" = bundle ]
  printf 'schema: assay.config/1\npacks: [ "%s" ]\n' "$HOSTILE" >assay.yaml
  assay eval "$ACME" --store none -o json -c HOST.1
  [ "$(sandbox isolation)" = rule ]
}

# hit SIGNAL HOW: sends the signal to the runner that is at the endless rule, long before its limit.
hit() {
  local limit=30
  [ "$1" = STOP ] && limit=4 # what is stopped is waited for
  "$ASSAY" eval "$ACME" --rules "$HOSTILE" --store none -c HOST.1 -c HOST.2 -c HOST.5 --limit-time $limit --jobs 1 --isolation "$2" -o "json:$1-$2.json" >/dev/null 2>.err &
  local pid=$!
  wait_for 20 runner_of $pid
  kill "-$1" "$RUNNER"
  status=0
  wait $pid || status=$?
  errors=$(cat .err)
  output=$(cat "$1-$2.json")
}

@test "a runner that crashes or hangs costs its rule an error; all others are the same bytes" {
  assay eval "$ACME" --rules "$HOSTILE" --store none -c HOST.1 -c HOST.2 -c HOST.5 --limit-time 0.2 -o json:quiet.json
  for how in bundle rule; do
    for signal in SEGV STOP BUS KILL; do
      hit $signal $how
      expect_status 2
      reason=$(jq -r '.requirements[] | select(.id == "HOST.2") | "\(.status): \(.reason)"' <<<"$output")
      case $signal in
        STOP) holds "$reason" "error: it did not end within its 4 s" ;;
        *) holds "$reason" "error: the process that ran it ended by SIG$signal" ;;
      esac
      cmp <(others quiet.json) <(others "$signal-$how.json")
    done
  done
}

@test "no runner makes a system call that is not on the list; nobody writes, executes or opens a socket" {
  sanitized && skip "the lists of builds with a sanitizer are longer"
  strace -o trace true 2>/dev/null || skip "strace cannot trace here"
  for how in bundle rule; do
    strace -f -qq -o trace "$ASSAY" eval "$ACME" --rules "$HOSTILE" --store none -o json --limit-time 0.3 --isolation $how --jobs 2 >.out 2>.err || true
    [ "$(jq -r '.run.walls.sandbox.missing | length' .out)" = 0 ] || skip "a wall is missing here"
    [ "$(jq -r '.requirements[] | select(.id == "HOST.3").status' .out)" = error ]
    python3 "$BATS_TEST_DIRNAME/calls.py" trace "${RUNNER_CALLS[@]}"
  done
}

@test "zygote, worker and runner each stand behind walls of their own" {
  sanitized && skip "a build with a sanitizer has other limits"
  assay eval "$ACME" --rules "$HOSTILE" --store none -c HOST.1 -o json
  [ "$(sandbox 'missing | length')" = 0 ] || skip "a wall is missing here"
  "$ASSAY" eval "$ACME" --rules "$HOSTILE" --store none -c HOST.2 --limit-time 20 >/dev/null 2>&1 &
  pid=$!
  wait_for 20 runner_of $pid
  above() { awk '/^PPid:/ { print $2 }' "/proc/$1/status"; }
  worker=$(above "$RUNNER") && zygote=$(above "$worker")
  filters() { awk '/^Seccomp_filters:/ { print $2 }' "/proc/$1/status"; }
  limit() { awk -v name="$1" 'index($0, name) == 1 { print $(NF - 1) }' "/proc/$RUNNER/limits"; }
  ours=$(filters $pid)
  found="$(($(filters "$zygote") - ours)) $(($(filters "$worker") - ours)) $(($(filters "$RUNNER") - ours))"
  limits="$(limit 'Max core') $(limit 'Max file size') $(limit 'Max open files') $(limit 'Max processes') $(limit 'Max cpu time') $(limit 'Max address')"
  kill -TERM $pid
  wait $pid || true
  echo "filters $found, limits $limits"
  [ -z "$ours" ] || [ "$found" = "1 2 3" ]
  [[ $limits =~ ^0\ 0\ 4\ 0\ [0-9]+\ [0-9]+$ ]]
  strace -o trace true 2>/dev/null || skip "strace cannot trace here"
  strace -f -qq -e trace=landlock_restrict_self -o trace "$ASSAY" eval "$ACME" --rules "$HOSTILE" --store none -c HOST.1 -o json >/dev/null
  # Of the zygote: writing, then all but what is named. Of the worker: all but its bundle, then everything.
  [ "$(awk '/landlock_restrict_self\(.*= 0$/ { print $1 }' trace | uniq -c | awk '{ print $1 }' | xargs)" = "2 2" ]
}

@test "rules that pry reach no file, no program, no socket, no secret" {
  echo "a secret of the canary" >canary
  CANARY="a secret of the canary" assay eval "$ACME" --rules "$PRYING" --store none -c 'PRY.*' -o json
  expect_status 2
  [ "$(jq -r '[.requirements[] | select(.id | startswith("PRY")) | .status] | join(" ")' <<<"$output")" = "error error error error error error error error effective" ]
  lacks "$output$errors" "secret of the canary"
  [ ! -e reached ]
  strace -o trace true 2>/dev/null || skip "strace cannot trace here"
  strace -f -qq -o trace "$ASSAY" eval "$ACME" --rules "$PRYING" --store none -c 'PRY.*' -o json >.out 2>.err || true
  if grep -qE 'canary|socket\(|"reached"' trace; then return 1; fi
}

@test "a wall that is missing is told; --require-sandbox makes it an error before anything is read" {
  for what in landlock seccomp; do
    python3 "$BATS_TEST_DIRNAME/deny.py" $what true || skip "no filter can be installed here"
    status=0
    python3 "$BATS_TEST_DIRNAME/deny.py" $what "$ASSAY" eval "$ACME" --store none --fail-on never -o json:result.json -o terminal >.out 2>.err || status=$?
    expect_status 0
    [ "$(jq -r '.run.walls.sandbox.missing[]' result.json | head -n 1)" = $what ]
    holds "$(cat .out)" "The sandbox was not whole: no $what"
    status=0
    python3 "$BATS_TEST_DIRNAME/deny.py" $what "$ASSAY" eval "$ACME" --require-sandbox --store runs.db --rules nowhere >.out 2>.err || status=$?
    expect_status 70
    holds "$(cat .err)" "no $what"
    lacks "$(cat .err)" nowhere
    [ ! -s .out ] && [ ! -e runs.db ]
  done
  assay eval "$ACME" --store none --fail-on never -o json:whole.json
  cmp <(plain result.json) <(plain whole.json)
}

@test "where all walls are up nothing is said of them" {
  assay eval "$ACME" --store none --fail-on never --require-sandbox
  [ "$status" = 70 ] && skip "a wall is missing here"
  expect_status 0
  lacks "$output" sandbox
  lacks "$output" Sandbox
}

@test "--isolation none is marked, and excludes --require-sandbox" {
  assay eval "$ACME" --store none --fail-on never --isolation none
  expect_status 0
  holds "$output" "No sandbox"
  assay eval "$ACME" --store none --isolation none --require-sandbox
  expect_status 64
  holds "$errors" "exclude each other"
  assay eval "$ACME" --store none --isolation all
  expect_status 64
  ASSAY_EVAL_ISOLATION=rule assay eval "$ACME" --store none --fail-on never -o json
  [ "$(sandbox isolation)" = rule ]
}

@test "settings can strengthen the sandbox, and never weaken it" {
  for line in 'isolation: none' 'allow_root: true' 'allow-root: "true"'; do
    printf 'schema: assay.config/1\neval: { %s }\n' "$line" >assay.yaml
    assay eval "$ACME" --store none
    expect_status 65
    holds "$errors" "assay.yaml:2"
    holds "$errors" "cannot take the sandbox away"
  done
  printf 'schema: assay.config/1\neval: { isolation: rule, allow_root: false }\n' >assay.yaml
  assay eval "$ACME" --store none --fail-on never -o json
  expect_status 0
  [ "$(sandbox isolation)" = rule ]
}

@test "only what was named can be read: a link in a pack leads nowhere" {
  python3 "$BATS_TEST_DIRNAME/deny.py" landlock true || skip "no filter can be installed here"
  assay eval "$ACME" --store none --fail-on never -o json
  [ "$(sandbox landlock)" != 0 ] || skip "no landlock here"
  cp -r "$HOSTILE" pack && mv pack/catalog.yaml elsewhere.yaml && ln -s ../elsewhere.yaml pack/catalog.yaml
  assay eval "$ACME" --store none --rules pack -c HOST.1
  expect_status 65
  holds "$errors" "permission denied"
}

@test "as root: privileges are dropped; files of others want --allow-root" {
  [ "$(id -u)" = 0 ] || skip "not root"
  assay eval "$ACME" --store none --fail-on never -o json
  [ "$(sandbox privileges)" = dropped ]
  cp -r "$ACME" others && chown -R 65534:65534 others && chmod 700 others
  assay eval others --store none --fail-on never
  expect_status 65
  holds "$errors" "ermission denied"
  assay eval others --store none --fail-on never --allow-root -o json
  expect_status 0
  [ "$(sandbox privileges)" = kept ] && [ "$(sandbox 'missing[0]')" = privileges ]
  assay eval others --store none --allow-root --require-sandbox
  expect_status 70
}

@test "privileges that cannot be dropped: --allow-root is asked for" {
  [ "$(id -u)" = 0 ] || skip "not root"
  python3 "$BATS_TEST_DIRNAME/deny.py" capset true || skip "no filter can be installed here"
  status=0
  python3 "$BATS_TEST_DIRNAME/deny.py" capset "$ASSAY" eval "$ACME" --store none --rules nowhere >.out 2>.err || status=$?
  expect_status 70
  holds "$(cat .err)" "--allow-root"
  lacks "$(cat .err)" nowhere
  status=0
  python3 "$BATS_TEST_DIRNAME/deny.py" capset "$ASSAY" eval "$ACME" --store none --fail-on never --allow-root >.out 2>.err || status=$?
  expect_status 0
  holds "$(cat .out)" "the privileges of root were kept"
}

@test "works for a user without privileges, with the same bytes" {
  [ "$(id -u)" = 0 ] || skip "not root, so all tests are this test"
  home=$(cd "$(dirname "$ASSAY")/.." && pwd)
  [ -d "$home/stdlib" ] || home=$(cd "$home/.." && pwd)
  mkdir -p nobody/build && cp "$ASSAY" nobody/build/ && cp -rL "$home/stdlib" "$home/rules" "$ACME" "$HOSTILE" nobody/
  chmod -R a+rX "$HERE"
  assay eval nobody/acme --rules nobody/hostile --store none -c HOST.1 -c HOST.5 -o json:root.json
  status=0
  setpriv --reuid=65534 --regid=65534 --clear-groups nobody/build/assay eval nobody/acme --rules nobody/hostile --store none -c HOST.1 -c HOST.5 -o json >.out 2>.err || status=$?
  expect_status 1
  [ "$(jq -r .run.walls.sandbox.privileges .out)" = none ]
  cmp <(plain root.json) <(plain .out)
}

@test "reports, lists and tests run behind walls too" {
  sanitized && skip "the lists of builds with a sanitizer are longer"
  strace -o trace true 2>/dev/null || skip "strace cannot trace here"
  strace -f -qq -e trace=seccomp,landlock_restrict_self -o trace "$ASSAY" list rules >/dev/null
  grep -q 'SET_MODE_FILTER' trace
}
