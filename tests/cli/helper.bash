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

# The process that runs the rules of the evaluation $1: its parent is the worker, whose parent is the zygote.
runner_of() {
  local zygote worker pid
  zygote=$(pgrep -P "$1" | head -n 1) && [ -n "$zygote" ] && worker=$(pgrep -P "$zygote" | head -n 1) && [ -n "$worker" ] || return 1
  RUNNER=
  for pid in $(pgrep -P "$worker"); do # several wait, the one with the endless rule runs
    case $(cut -d ' ' -f 3 "/proc/$pid/stat" 2>/dev/null) in R) RUNNER=$pid ;; esac
  done
  [ -n "$RUNNER" ]
}
