# What the command tests share: a folder of their own, the program, and words about exit codes.

setup() {
  ASSAY=${ASSAY:-$BATS_TEST_DIRNAME/../../build/assay}
  HERE=$(mktemp -d)
  cd "$HERE" || return 1
  unset ASSAY_HOME
  export NO_COLOR=1
}

teardown() {
  cd / && rm -rf "$HERE"
}

# assay ARGS…: stdout in $output, stderr in $errors, exit code in $status.
assay() {
  status=0
  "$ASSAY" "$@" >"$HERE/.out" 2>"$HERE/.err" || status=$?
  output=$(cat "$HERE/.out")
  errors=$(cat "$HERE/.err")
}

expect_status() {
  if [ "$status" -ne "$1" ]; then
    echo "exit code $status, expected $1"
    echo "$output"
    echo "$errors"
    return 1
  fi
}

holds() {
  case $1 in
    *"$2"*) ;;
    *) echo "does not hold \"$2\":"; echo "$1"; return 1 ;;
  esac
}

lacks() {
  case $1 in
    *"$2"*) echo "holds \"$2\":"; echo "$1"; return 1 ;;
    *) ;;
  esac
}

# wait_for SECONDS COMMAND…: until the command succeeds.
wait_for() {
  local left=$(($1 * 20))
  shift
  while ! "$@"; do
    left=$((left - 1))
    [ $left -gt 0 ] || return 1
    sleep 0.05
  done
}

# shellcheck disable=SC2034  # the tests read RUNNER
# The process that carries out the endless rule of the evaluation $1: its parent is the worker, whose parent is the zygote, and it
# has used 150 ms of its processor, which no other rule of these tests does.
runner_of() {
  local zygote worker pid line
  zygote=$(pgrep -P "$1" | head -n 1) && [ -n "$zygote" ] && worker=$(pgrep -P "$zygote" | head -n 1) && [ -n "$worker" ] || return 1
  for pid in $(pgrep -P "$worker"); do
    line=$(cat "/proc/$pid/stat" 2>/dev/null) || continue
    # shellcheck disable=SC2086  # the fields behind the name
    set -- ${line##*) }
    if [ $((${12} + ${13})) -ge 15 ]; then
      RUNNER=$pid
      return 0
    fi
  done
  return 1
}
