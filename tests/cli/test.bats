#!/usr/bin/env bats
# assay test: its formats, coverage, mutants, fixtures and watching, on a small pack of one rule.

load helper

# A pack with one rule of one check, and its test.
make_pack() {
  mkdir -p pack/annex_a
  cat >pack/pack.yaml <<'END'
schema: assay.pack/1
name: shop
version: 1.0.0
END
  cat >pack/annex_a/a_6_6_confidentiality.lua <<'END'
return rule "A.6.6" {
  title = "Confidentiality", intent = "Whoever sees our information promised to keep it.",
  needs = { "suppliers" },
  params = { nda_life = { default = "1095 d", meaning = "longest time since an agreement was signed" } },
  check "bound" {
    question = "Did each supplier that sees our information sign?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return isms.suppliers:where(function(supplier)
        return supplier.accesses_information
      end)
    end,
    expect = function(supplier, isms, params)
      if supplier.status == "proposed" then return true end
      return supplier.nda_signed_at + params.nda_life >= isms.as_of, {}
    end,
    empty = "not_applicable",
    message = "{name} is not bound",
    remedy = "Have it signed.",
  },
}
END
  cat >pack/annex_a/a_6_6_confidentiality_test.lua <<'END'
return test "A.6.6" {
  as_of = "2026-06-30",
  baseline = [[
suppliers:
- { id: s1, name: Cloudy, criticality: high, accesses_information: true, nda_signed_at: 2024-02-01, status: active }
]],
  case "no agreement" {
    with = { suppliers = { { id = "s1", nda_signed_at = absent } } },
    expect = { bound = { "s1", message = "Cloudy is not bound" } },
  },
  case "nothing is known" { without = { "suppliers" }, expect = { bound = "unknown" } },
}
END
  TEST=pack/annex_a/a_6_6_confidentiality_test.lua
  RULE=pack/annex_a/a_6_6_confidentiality.lua
}

# Cases that notice every change of the rule.
add_cases() {
  sed -i '$d' "$TEST"
  cat >>"$TEST" <<'END'
  case "the last day" { with = { suppliers = { { id = "s1", nda_signed_at = "2023-07-01" } } }, expect = { bound = "pass" } },
  case "a day too late" { with = { suppliers = { { id = "s1", nda_signed_at = "2023-06-30" } } }, expect = { bound = { "s1" } } },
  case "proposed" { with = { suppliers = { { id = "s1", status = "proposed", nda_signed_at = absent } } }, expect = { bound = "pass" } },
  case "sees nothing" { with = { suppliers = { { id = "s1", accesses_information = false, nda_signed_at = absent } } }, expect = { bound = "n_a" } },
}
END
}

@test "all pass: TAP away from a terminal, and exit code 0" {
  make_pack
  assay test pack
  expect_status 0
  holds "$output" "TAP version 13"
  holds "$output" "ok 2 - A.6.6: no agreement"
  holds "$output" "1..4"
  holds "$errors" "4 passed, 0 failed"
}

@test "a failure shows expected and got, the finding's values, and where test and rule stand" {
  make_pack
  sed -i 's/bound = { "s1", message/bound = { "s2", message/' "$TEST"
  assay test pack --format pretty
  expect_status 1
  holds "$output" "A.6.6: no agreement  $TEST:7"
  holds "$output" "bound: keys  $TEST:9, rule $RULE:5"
  holds "$output" "expected  s2"
  holds "$output" "got       s1"
  holds "$output" "s1: Cloudy is not bound"
  holds "$output" "          status = active"
}

@test "a typo in a field fails the test with a suggestion" {
  make_pack
  sed -i 's/nda_signed_at = absent/nda_signd_at = "2024-01-01"/' "$TEST"
  assay test pack
  expect_status 1
  holds "$output" 'did you mean `nda_signed_at`?'
}

@test "junit is what the strictest schema asks for" {
  [ -f "${ASSAY_SHARED-}/schemas/JUnit-162a883.xsd" ] || skip "the schema is not there"
  make_pack
  sed -i 's/bound = { "s1", message/bound = { "s2", message/; s/"nothing is known"/"<nothing> \& \\"all\\""/' "$TEST"
  assay test pack --format junit --coverage
  expect_status 1
  printf '%s\n' "$output" >junit.xml
  xmllint --noout --schema "$ASSAY_SHARED/schemas/JUnit-162a883.xsd" junit.xml
  holds "$output" 'classname="shop.A.6.6"'
  holds "$output" '&lt;nothing&gt; &amp; &quot;all&quot;'
}

# What the documentation says about the form of the JSON.
follows_schema() {
  printf '%s\n' "$output" >tests.json
  /usr/bin/python3 -c 'import json, sys, jsonschema; jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))' \
    tests.json "$BATS_TEST_DIRNAME/../../docs/test.schema.json"
}

@test "junit can be read back: numbers, names, and what was expected" {
  make_pack
  sed -i 's/bound = { "s1", message/bound = { "s2", message/' "$TEST"
  assay test pack --format junit --fail-on-empty --threshold 10
  expect_status 1
  printf '%s\n' "$output" >junit.xml
  [ "$(xmllint --xpath 'count(//testcase)' junit.xml)" = "$(xmllint --xpath 'sum(//testsuite/@tests)' junit.xml)" ]
  [ "$(xmllint --xpath 'count(//failure)' junit.xml)" = "$(xmllint --xpath 'sum(//testsuite/@failures)' junit.xml)" ]
  holds "$(xmllint --xpath 'string(//testcase[@name="A.6.6: no agreement"]/failure)' junit.xml)" "  expected: s2
  got: s1"
  holds "$(xmllint --xpath '//property' junit.xml)" 'name="coverage_of_lines" value="100.0"'
}

@test "json holds every test, failure and mutant, in its published form" {
  make_pack
  sed -i 's/bound = { "s1", message/bound = { "s2", message/' "$TEST"
  assay test pack --format json --coverage
  expect_status 1
  follows_schema
  jq -e '.files[0].tests[1].problems[0] | .check == "bound" and .expected == "s2" and .got == "s1" and .findings[0].text == "s1: Cloudy is not bound"' <<<"$output"
  make_pack
  assay test pack --format json --mutate
  expect_status 1
  follows_schema
  jq -e '.files[0].mutants.survivors[0] | .id and .line and .was' <<<"$output"
  assay test pack --format json --fail-on-empty --threshold 100
  follows_schema
  assay test pack --format json --coverage
  expect_status 0
  jq -e '.schema == "assay.test/1" and .passed == 4 and .failed == 0' <<<"$output"
  jq -e '.files[0] | .requirement == "A.6.6" and .coverage.percent == 100 and (.tests | length) == 4' <<<"$output"
}

@test "-k chooses tests, and an unknown format is told" {
  make_pack
  assay test pack -k "NO AGREE"
  expect_status 0
  holds "$output" "1..1"
  assay test pack --format jnit
  expect_status 64
  holds "$errors" 'did you mean `junit`?'
}

@test "a pattern that chooses nothing is an error with a suggestion" {
  make_pack
  assay test pack -k agreemnt
  expect_status 64
  [ -z "$output" ]
  holds "$errors" 'error[E0733]: no test holds `agreemnt`'
  holds "$errors" 'did you mean `agreement`?'
  assay test pack --mutate -k bond
  expect_status 64
  holds "$errors" 'error[E0733]: no mutant holds `bond`'
  holds "$errors" 'did you mean `bound`?'
}

@test "a path that is not there, and a file that no test belongs to, are errors" {
  make_pack
  assay test pak
  expect_status 66
  holds "$errors" "pak: error[E0731]: there is no such file or folder"
  holds "$errors" 'did you mean `pack`?'
  rm "$TEST"
  assay test "$RULE"
  expect_status 66
  holds "$errors" "$RULE: error[E0732]: this is no test, and none stands beside it"
  make_pack
  mkdir pack/more && chmod 0 pack/more
  assay test pack
  chmod 755 pack/more
  expect_status 66
  holds "$errors" "pack/more: error[E0192]"
}

@test "no test at all, or a rule without one, is a failure by --fail-on-empty" {
  make_pack
  assay test pack --fail-on-empty
  expect_status 0
  mkdir empty
  assay test empty
  expect_status 0
  holds "$output" "1..0 # SKIP there are no tests"
  assay test empty --fail-on-empty
  expect_status 1
  holds "$output" "there are no tests"
  sed 's/A\.6\.6/A.6.7/' "$RULE" >pack/annex_a/a_6_7_remote.lua
  assay test pack
  expect_status 0
  assay test pack --fail-on-empty
  expect_status 1
  holds "$output" "not ok 5 - a test stands beside pack/annex_a/a_6_7_remote.lua"
}

@test "a test that is for no rule, a second one for a rule, and one for another rule fail" {
  make_pack
  cp "$TEST" pack/annex_a/a_6_6_more_test.lua
  sed 's/A\.6\.6/A.6.7/' "$TEST" >pack/annex_a/a_6_6_confidentialty_test.lua
  assay test pack
  expect_status 1
  holds "$output" "A.6.6 stands in a_6_6_confidentiality.lua: its one test file is a_6_6_confidentiality_test.lua"
  holds "$output" 'the test is for no rule: there is no a_6_6_confidentialty.lua beside it; did you mean `a_6_6_confidentiality.lua`?'
  holds "$output" "ok 2 - A.6.6: no agreement"
  mv pack/annex_a/a_6_6_confidentialty_test.lua "$TEST"
  assay test "$TEST"
  expect_status 1
  holds "$output" "the test is for A.6.7, the rule beside it is A.6.6"
}

@test "a file is tested once, however often it is named" {
  make_pack
  assay test pack "$TEST" "$RULE"
  expect_status 0
  holds "$output" "1..4"
}

@test "a threshold is a share from 1 to 100" {
  make_pack
  for wrong in 0 101 all; do
    assay test pack --threshold "$wrong"
    expect_status 64
    holds "$errors" "--threshold"
  done
}

@test "coverage names the lines that nothing runs, and --threshold makes it count" {
  make_pack
  assay test pack --coverage
  expect_status 0
  holds "$output" "lines 100.0 % (4 of 4)"
  holds "$output" "outcomes of checks 100.0 % (3 of 3)"
  sed -i '/case "no agreement"/,/^  },/d' "$TEST"
  assay test pack --coverage
  expect_status 1
  holds "$output" "bound was not seen to come out as fail"
  sed -i 's/^  as_of/  unreachable = { bound = { "fail", reason = "not yet" } },\n  as_of/' "$TEST"
  sed -i 's/if supplier.status == "proposed" then/&\n       /' "$RULE"
  assay test pack --threshold 90
  expect_status 1
  holds "$output" "lines  80.0 % (4 of 5)"
  holds "$output" "not run: $RULE:15"
  holds "$output" "not ok 4 - coverage of lines is at least 90 %"
  assay test pack --threshold 75
  expect_status 0
}

@test "coverage goes with whole test files, and a threshold with something measured" {
  make_pack
  assay test pack --coverage -k agreement
  expect_status 64
  holds "$errors" "so it goes without -k"
  mkdir empty
  assay test empty --threshold 50
  expect_status 1
  holds "$output" 'got: "nothing was measured"'
}

@test "unit tests of the product are none in a pack" {
  make_pack
  echo 'return { open = function(t) t.is_true(engine ~= nil) end }' | tee pack/unit_x.lua >unit_x.lua
  assay test pack
  expect_status 0
  holds "$output" "1..4"
  assay test pack/unit_x.lua
  expect_status 66
  holds "$errors" "E0732"
  assay test unit_x.lua
  expect_status 0
}

@test "mutants that no test notices are listed with line and change" {
  make_pack
  assay test pack --mutate --format pretty
  expect_status 1
  holds "$output" "$RULE:15:55"
  holds "$output" '    no case notices `>=` → `>`
      return supplier.nda_signed_at + params.nda_life >= isms.as_of, {}
                                                      ^'
  add_cases
  assay test pack --mutate
  expect_status 0
  holds "$output" "0 alive"
}

@test "explained mutants are no failure, stale explanations are" {
  make_pack
  add_cases
  sed -i 's/return supplier.accesses_information$/return supplier.accesses_information and supplier.id ~= nil/' "$RULE"
  assay test pack --mutate
  expect_status 1
  ids=$(grep -o 'mutant A.6.6/bound/[0-9a-f]*$' <<<"$output" | cut -d' ' -f2)
  id=$(head -n 1 <<<"$ids")
  printf 'schema: assay.mutants/1\nequivalent:\n' >pack/mutants.yaml
  sed 's/.*/  &: every supplier has a key/' <<<"$ids" >>pack/mutants.yaml
  assay test pack --mutate
  expect_status 0
  holds "$output" "explained,   0 alive"
  holds "$output" "#   $id  $RULE:10:"
  holds "$output" "#       every supplier has a key"
  assay test pack --mutate --format json
  jq -e '.files[0].mutants | .alive == 0 and .explained == (.equivalent | length) and .equivalent[0].reason == "every supplier has a key"' <<<"$output"
  { echo "  A.6.6/bound/000000: no such mutant"; echo "  A.9.9/bound/000000: no such rule"; } >>pack/mutants.yaml
  assay test pack --mutate
  expect_status 1
  holds "$output" "the entry A.6.6/bound/000000 is stale: there is no such mutant any more"
  holds "$output" "the entry A.9.9/bound/000000 is stale: its pack has no such rule"
  sed -i "s|^  $id:.*|  $id:|" pack/mutants.yaml
  assay test pack --mutate
  expect_status 1
  holds "$output" "$id: give the reason why nothing can notice it"
}

@test "a mutant that never ends counts as noticed, and costs only itself" {
  make_pack
  add_cases
  sed -i 's/^    expect = function.*/&\n      local n = 0\n      while n < 1 do n = n + 1 end/' "$RULE"
  assay test pack --mutate
  holds "$output" "(1 by a limit)"
}

@test "a rule that never ends fails its own test file only" {
  make_pack
  cp "$RULE" pack/annex_a/a_6_7_remote.lua
  cp "$TEST" pack/annex_a/a_6_7_remote_test.lua
  sed -i 's/A.6.6/A.6.7/' pack/annex_a/a_6_7_remote*.lua
  sed -i 's/^    expect = function.*/&\n      while true do end/' "$RULE"
  assay test pack --limit-time 0.3
  expect_status 1
  holds "$output" "the limit of time was met"
  holds "$output" "got: \"in $RULE:14\""
  lacks "$output" "stdlib/"
  holds "$output" "ok 2 - A.6.7: baseline"
}

@test "fixtures are read like a bundle, for the baseline and for single cases" {
  make_pack
  mkdir -p pack/annex_a/shop pack/annex_a/empty
  printf 'id,name,criticality,accesses_information,nda_signed_at,status\ns1,Cloudy,high,yes,2024-02-01,active\n' >pack/annex_a/shop/suppliers.csv
  printf '[]\n' >pack/annex_a/empty/suppliers.yaml
  sed -i '/baseline = /,/^\]\]/d; s/^  as_of.*/&\n  fixtures = "shop",/' "$TEST"
  sed -i '$d' "$TEST"
  echo '  case "none" { fixtures = "empty", expect = { bound = "n_a" } }, }' >>"$TEST"
  assay test pack
  expect_status 0
  holds "$output" "ok 4 - A.6.6: none"
  sed -i 's/criticality/criticalty/' pack/annex_a/shop/suppliers.csv
  assay test pack
  expect_status 1
  holds "$output" "pack/annex_a/shop/suppliers.csv"
  holds "$output" "criticality"
}

@test "fixtures do not lead out of the pack" {
  make_pack
  mkdir outside
  printf '[]\n' >outside/suppliers.yaml
  sed -i '/baseline = /,/^\]\]/d; s/^  as_of.*/&\n  fixtures = "..\/..\/outside",/' "$TEST"
  assay test pack
  expect_status 1
  holds "$output" "the folder lies outside of the pack"
  mkdir pack/annex_a/linked
  ln -s ../../../outside/suppliers.yaml pack/annex_a/linked/suppliers.yaml
  sed -i 's|"../../outside"|"linked"|' "$TEST"
  assay test pack
  expect_status 1
  holds "$output" '"pack/annex_a/linked/suppliers.yaml: symbolic links are not followed'
  sed -i 's|"linked"|"../../outside"|' "$TEST"
  ln -s ../../outside pack/annex_a/inside
  sed -i 's|"../../outside"|"inside"|' "$TEST"
  assay test pack
  expect_status 1
  holds "$output" "the folder lies outside of the pack"
}

@test "params and scores can be expected" {
  make_pack
  sed -i '$d' "$TEST"
  cat >>"$TEST" <<'END'
  case "figures" { params = { nda_life = "2 d" }, expect = { params = { nda_life = "2 d" }, score = 0, status = "ineffective" } },
  case "wrong" { expect = { params = { nda_life = "2 d" } } },
  case "other figures" {
    expect = { score = 90, status = "ineffective" },
  },
  case "unknown" { expect = { params = { nda_lif = "2 d" } } },
}
END
  assay test pack
  expect_status 1
  holds "$output" "ok 4 - A.6.6: figures"
  holds "$output" 'what: "param nda_life"'
  holds "$output" 'got: "1095 days"'
  assay test pack -k "other figures" --format pretty
  holds "$output" "status of the requirement  $TEST:15"
  holds "$output" "score of the requirement  $TEST:15"
  holds "$output" "expected  90"
  holds "$output" "got       100"
  assay test pack
  holds "$output" 'did you mean `nda_life`?'
}

@test "kinds of the pack that is tested are known" {
  make_pack
  mkdir pack/kinds
  cat >pack/kinds/till.yaml <<'END'
tills:
  title: Tills
  key: id
  fields: { id: string!, locked: boolean }
END
  sed -i 's/needs = .*/needs = { "suppliers", "tills?" },/; s/return supplier.accesses_information$/return supplier.accesses_information and #isms.tills < 9/' "$RULE"
  assay test pack
  expect_status 0
}

@test "--watch runs what a change concerns, until Ctrl-C" {
  make_pack
  cp "$RULE" pack/annex_a/a_6_7_remote.lua
  cp "$TEST" pack/annex_a/a_6_7_remote_test.lua
  sed -i 's/A.6.6/A.6.7/' pack/annex_a/a_6_7_remote*.lua
  "$ASSAY" test pack --watch >watch.out 2>watch.err 3>&- &
  watcher=$!
  wait_for 10 grep -q "waiting for changes" watch.err
  holds "$(cat watch.out)" "1..8"
  sed -i 's/1095/1096/' "$RULE"
  wait_for 10 grep -q "^1\.\.4" watch.out
  holds "$(cat watch.err)" "changed: $RULE"
  # What is saved half is an error, and watching goes on.
  cp "$RULE" whole
  head -n 12 whole >"$RULE"
  wait_for 10 grep -q "a_6_6_confidentiality.lua:[0-9]*: .*expected" watch.out
  cp whole "$RULE"
  again() { [ "$(grep -c "^ok 2 - A.6.6: no agreement" watch.out)" -ge 3 ]; }
  wait_for 10 again
  kill -TERM "$watcher" # a shell lets its background jobs ignore SIGINT
  status=0
  wait "$watcher" || status=$?
  expect_status 130
}

@test "a test file of wrong types is told in words of its author, not of the library" {
  make_pack
  says() { # TEXT MESSAGE
    printf '%s\n' "$1" >"$TEST"
    assay test pack
    expect_status 1
    holds "$output" "$2"
    lacks "$output$errors" "stack traceback"
  }
  says 'local x = {} x.x = x return test "A.6.6" { baseline = { suppliers = { x } } }' "\`baseline\` of the test holds tables more than 64 deep, or one that holds itself"
  says 'return test "A.6.6" { baseline = {}, case "x" { with = { [{}] = 1 }, expect = "pass" } }' '`with` of case \"x\" has a key that is a table or a function'
  says 'return test "A.6.6" { [1.5] = 3 }' "entry 1.5 of the test is no case"
  says 'return test "A.6.6" { [true] = 3 }' "the test holds a value under the key \`true\`"
  says 'return test "A.6.6" { params = 5 }' "\`params\` of the test is a number; it must be a table"
  says 'return { dsl = "test", name = "A.6.6", spec = 5 }' "the file must end with"
  says 'return test "A.6.6" { { dsl = "case", name = {}, spec = {} } }' "entry 1 of the test is no case"
  says 'return test "A.6.6" { baseline = { suppliers = {} }, collected_at = { suppliers = {} } }' "collected_at: suppliers has \`table\`, which is no date or time"
  says 'return test "A.6.6" { baseline = { suppliers = {} }, collected_at = { supplier = "2026-01-01" } }' "there is no kind \`supplier\`; did you mean \`suppliers\`?"
  says 'return test "A.6.6" { baseline = { suppliers = {} }, organization = { "acme" } }' "organization has fields with names, not a list"
}
