#!/usr/bin/env bats
# The sixteen rules against their specification, which lies beside the project and is not part of it.

load helper

@test "every rule says what its specification says" {
  [ -d "$ASSAY_SHARED/spec/rules" ] || skip "the specification is not there: $ASSAY_SHARED/spec"
  cd "$BATS_TEST_DIRNAME/../.."
  rm -rf build/spec && mkdir -p build/spec
  cp "$ASSAY_SHARED"/spec/rules/*.yaml tests/samples/spec/unit_spec.lua build/spec/
  run "$ASSAY" test build/spec
  rm -rf build/spec
  echo "$output" | grep -A6 "^not ok" || true
  [ "$status" -eq 0 ]
  [ "$(echo "$output" | grep -c "^ok .* rule ")" -eq 16 ]
}
