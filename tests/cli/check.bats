#!/usr/bin/env bats
# assay check: what it finds where, in which form it says so, what it mends, and that its codes and their pages agree.
load helper

REPO=$BATS_TEST_DIRNAME/../..

# found FILE: code and line of everything in the JSON of standard output that is told of a file, sorted.
found() { jq -r --arg f "$1" '[.diagnostics[] | select(.document | endswith($f)) | "\(.code) \(.line // 0)"] | unique | join(", ")' <<<"$output"; }

# a pack with one rule that has one mistake: a field that is not there
mistaken() {
  mkdir -p pack/own
  printf 'schema: assay.pack/1\nname: p\nversion: "1"\ncatalog: catalog.yaml\n' >pack/pack.yaml
  printf 'schema: assay.catalog/1\nentries:\n  - { id: "P.1", kind: control, theme: organizational, title: One }\n' >pack/catalog.yaml
  cat >pack/own/p_1.lua <<'LUA'
return rule "P.1" {
  title = "One", intent = "Accounts belong to somebody.",
  needs = { "accounts", "people", "soa" },
  check "owned" {
    question = "Does each belong to somebody?", tests = "operation", severity = "minor", weight = 1,
    over = "accounts", empty = "not_applicable",
    expect = function(account) return account.person.surname ~= nil end,
    message = "{username} belongs to nobody", remedy = "Find out.",
  },
}
LUA
}

@test "each seeded defect is found at its line, and nothing else" {
  cp -r "$REPO/tests/samples/lint" pack
  assay check pack --format json
  expect_status 1
  local file wanted got bad=0
  for file in pack/own/*.lua; do
    wanted=$(sed -n '1s/^-- expect: *//p' "$file" | tr ',' '\n' | sed 's/^ *//; s/ *$//' | grep . | sort -u | paste -sd '|' | sed 's/|/, /g')
    got=$(jq -r --arg f "$file" '[.diagnostics[] | select(.document == $f and (.code != "W0843" or ($f | test("_843_")))) | "\(.code) \(.line // 0)"] | unique | join(", ")' <<<"$output")
    [ "$got" = "$wanted" ] || { echo "$file: found \"$got\", expected \"$wanted\""; bad=1; }
  done
  [ "$(jq '[.diagnostics[] | select((.document // "") | startswith("pack/own/") | not)] | length' <<<"$output")" = 0 ] || bad=1
  [ $bad = 0 ]
}

@test "the shipped pack, the examples and what assay new writes are clean" {
  assay check "$REPO/rules/iso27001"
  expect_status 0
  [ -z "$output" ]
  assay check "$REPO/examples/acme"
  expect_status 0
  assay new pack acme
  assay new tailoring A.5.18
  assay new rule ACME.2 --title Two
  assay new kind laptops
  assay new bundle demo
  assay check acme demo
  expect_status 0
  [ -z "$output" ]
  assay check
  expect_status 0
}

@test "every code of the sources has a page, and every page a code that something gives" {
  grep -rhoE '"[EWN]0[0-9]{3}"' "$REPO/engine" "$REPO/stdlib" --include=*.c --include=*.cc --include=*.lua | tr -d '"' | sort -u >given
  grep -hoE '^[EWN]0[0-9]{3}:' "$REPO"/stdlib/codes/*.yaml | tr -d : >written
  [ "$(sort written | uniq -d)" = "" ]
  diff given <(sort -u written)
  local code
  for code in $(cat given); do
    jq -ern --arg c "$code" '$c | test("^[EWN]0[0-9]{3}$")' >/dev/null
  done
  assay check --explain E0520
  expect_status 0
  holds "$output" "E0520 (error): A param that no check uses"
  assay check --explain w0834 --format json
  expect_status 0
  [ "$(jq -r '.code + " " + .severity' <<<"$output")" = "W0834 warning" ]
  assay check --explain W0520
  expect_status 64
  holds "$errors" 'did you mean `E0520`?'
  assay check --explain nonsense
  expect_status 64
  assay check --explain E0520 .
  expect_status 64
}

@test "paths: a rule, its test, a pack, a kind, settings, a bundle, what is not there" {
  mistaken
  assay check pack/own/p_1.lua
  expect_status 1
  holds "$output" "pack/own/p_1.lua:7:54: error[E0836]: people has no field \`surname\`"
  holds "$output" "                                                     ^"
  holds "$errors" "1 error, 2 warnings"
  assay check pack
  expect_status 1
  assay check pack/nowhere.lua
  expect_status 66
  holds "$errors" "E0820"
  assay check
  expect_status 64
  holds "$errors" "there is nothing to check"
  printf 'schema: assay.config/1\npacks: [pack]\nparams: { A.5.18: { revoke_within: 1 d, export_agee: 40 d } }\n' >assay.yaml
  assay check
  expect_status 1
  holds "$output" "E0836"
  holds "$output" "assay.yaml:3:41: error[E0582]"
  holds "$output" "assay.yaml:3:21: note[N0870]"
  assay check assay.yaml
  expect_status 1
  mkdir -p pack/kinds && printf 'laptops:\n  title: Laptops\n  key: id\n  fields:\n    id: sting!\n' >pack/kinds/laptops.yaml
  assay check pack/kinds/laptops.yaml
  [ "$status" = 65 ]
  holds "$output" "pack/kinds/laptops.yaml:5"
  holds "$output" "E0405"
  rm -r pack/kinds
  mkdir b && printf 'schema: assay.bundle/1\nas_of: 2026-06-30\ndocuments:\n  - { path: people.csv, kind: peple }\n' >b/bundle.yaml && printf 'id,name\n' >b/people.csv
  assay check b
  expect_status 65
  holds "$output" "error[E0582]" # what keeps the settings from being loaded comes first
  rm assay.yaml
  assay check b
  expect_status 65
  holds "$output" "b/bundle.yaml:4"
  holds "$output" 'did you mean `people`?'
  printf 'packs: 7\nschema: assay.config/1\n' >assay.yaml
  assay check
  expect_status 65
  holds "$output" "assay.yaml"
}

@test "only what was asked for is told of" {
  mistaken
  sed 's/P.1/P.2/' pack/own/p_1.lua >pack/own/p_2.lua
  echo '  - { id: "P.2", kind: control, theme: organizational, title: Two }' >>pack/catalog.yaml
  assay check pack/own/p_2.lua --format json
  expect_status 1
  [ "$(jq -r '[.diagnostics[].document] | unique | join(" ")' <<<"$output")" = pack/own/p_2.lua ]
}

@test "sarif is what its readers ask for; github commands are escaped" {
  mistaken
  mv pack 'odd, pack%'
  assay check 'odd, pack%' --format sarif
  expect_status 1
  echo "$output" >out.sarif
  python3 - "$BATS_TEST_DIRNAME/fixtures/check/sarif.schema.json" "${ASSAY_SHARED:-$REPO/../shared}"/schemas/sarif*.json <<'PY'
import json, os, sys
import jsonschema
with open("out.sarif") as file:
    out = json.load(file)
for path in sys.argv[1:]:
    if os.path.exists(path):
        with open(path) as file:
            jsonschema.validate(out, json.load(file))
run = out["runs"][0]
for result in run["results"]:
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"], result
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "odd,%20pack%25/own/p_1.lua"
PY
  assay check 'odd, pack%' --format github
  expect_status 1
  holds "$output" '::error file=odd%2C pack%25/own/p_1.lua,line=7,col=54,title=assay E0836::people has no field `surname`'
  [ "$(grep -vc '^::\(error\|warning\|notice\) ' <<<"$output")" = 0 ]
}

@test "--fix mends what is safe, says so, and a second run finds nothing of it" {
  mistaken
  sed -i 's/surname/name/; s/weight = 1,$/weight = 1,  /' pack/own/p_1.lua
  chmod 640 pack/own/p_1.lua
  assay check pack --fix
  expect_status 1 # there is still no test
  holds "$errors" "pack/own/p_1.lua:3: mended W0834: \`soa\` is no longer needed"
  holds "$errors" "pack/own/p_1.lua:5: mended N0827"
  grep -q 'needs = { "accounts", "people" },$' pack/own/p_1.lua
  grep -q 'weight = 1,$' pack/own/p_1.lua
  [ "$(stat -c %a pack/own/p_1.lua)" = 640 ]
  cp pack/own/p_1.lua before
  assay check pack --fix --format json
  cmp before pack/own/p_1.lua
  [ "$(jq -r '[(.fixed | length), ([.diagnostics[].code] | unique | join(" "))] | join(",")' <<<"$output")" = "0,W0843" ]
  [ -z "$(find pack -newer before -type f ! -name p_1.lua)" ]
}

@test "--fix changes only what was asked for" {
  mistaken
  sed 's/P.1/P.2/' pack/own/p_1.lua >pack/own/p_2.lua
  echo '  - { id: "P.2", kind: control, theme: organizational, title: Two }' >>pack/catalog.yaml
  cp pack/own/p_2.lua before
  assay check pack/own/p_1.lua --fix
  holds "$errors" "p_1.lua:3: mended"
  lacks "$errors" "p_2.lua"
  cmp before pack/own/p_2.lua
  chmod 500 pack/own
  [ "$(id -u)" = 0 ] && return
  assay check pack --fix
  expect_status 74
}

@test "needs that are read through references, in messages or in SQL stay" {
  mistaken
  sed -i 's/surname ~= nil/name ~= nil and sql("select count(*) from soa") ~= nil/' pack/own/p_1.lua
  assay check pack --fix --format json
  [ "$(found p_1.lua)" = "W0843 1" ]
  sed -i 's/function(account) return.*end,/filled "username",/; s/{username} belongs/{username} of {person} in {soa.reason} belongs/' pack/own/p_1.lua
  cp pack/own/p_1.lua before
  assay check pack --fix
  cmp before pack/own/p_1.lua
}

@test "json is as its schema says" {
  mistaken
  cp -r "$REPO/tests/samples/lint" lint
  assay check pack lint --fix --format json
  expect_status 1
  echo "$output" >out.json
  assay check --explain E0520 --format json
  [ "$(jq -r .schema <<<"$output")" = assay.code/1 ]
  python3 - "$REPO/docs/check.schema.json" <<'PY'
import json, sys
import jsonschema
with open("out.json") as out, open(sys.argv[1]) as schema:
    out = json.load(out)
    jsonschema.validate(out, json.load(schema))
for severity in ("error", "warning", "note"):
    assert out[severity + "s"] == sum(1 for d in out["diagnostics"] if d["severity"] == severity), severity
assert out["fixed"]
PY
}

@test "without luacheck one note names the package, and the rest is looked at" {
  mistaken
  mkdir empty
  PATH=$HERE/empty "$ASSAY" check pack >out 2>err || true
  grep -q 'note\[N0828\]' out
  grep -q 'lua-check' out
  grep -q E0836 out
  assay check pack --no-luacheck
  expect_status 1
  lacks "$output" "N0828"
}

@test "a luacheck that hangs, floods or fails costs its own findings only" {
  mistaken
  mkdir bin
  printf '#!/bin/sh\nexit 3\n' >bin/luacheck && chmod +x bin/luacheck
  PATH=$HERE/bin:$PATH assay check pack
  expect_status 1
  holds "$output" "W0829"
  holds "$output" "E0836"
  printf '#!/bin/sh\nyes "pack/own/p_1.lua:1:1-1: (W113) flood" \n' >bin/luacheck
  PATH=$HERE/bin:$PATH assay check pack
  expect_status 1
  holds "$output" "W0829"
  printf '#!/bin/sh\nprintf "pack/own/p_1.lua:99999:99999-1: (W113) accessing undefined variable \\047x\\033[31m\\047\\n"\n' >bin/luacheck
  PATH=$HERE/bin:$PATH assay check pack
  expect_status 1
  lacks "$output" $'\033'
}

@test "hostile files: what is too large is told once, and nothing reads on" {
  mistaken
  truncate -s 16M pack/own/p_2.lua
  truncate -s 16M pack/own/p_2_test.lua
  truncate -s 20G pack/own/p_3.lua
  truncate -s 20G pack/own/p_3_test.lua
  mkdir bin
  printf '#!/bin/sh\ncase "$*" in *p_2*|*p_3*) exit 9 ;; esac\nexit 0\n' >bin/luacheck
  chmod +x bin/luacheck
  PATH=$HERE/bin:$PATH assay check pack --limit-time 10s --format json
  expect_status 1
  [ "$(found p_2.lua)" = "E0510 1" ]
  [ "$(found p_2_test.lua)" = "E0510 0" ]
  lacks "$output" "W0829"
  [ "$(grep -c '"E0570"' <<<"$output")" = 2 ]
}

@test "hostile files: links, pipes, and folders that cannot be read are told, and never passed over" {
  mistaken
  ln -s /etc/passwd pack/own/p_2.lua
  mkfifo pack/own/p_3_test.lua
  assay check pack --no-luacheck --format json
  expect_status 1
  [ "$(found p_2.lua)" = "E0190 0" ]
  [ "$(found p_3_test.lua)" = "E0191 0" ]
  rm pack/own/p_2.lua pack/own/p_3_test.lua
  (cd pack && for _ in $(seq 17); do mkdir "$(printf 'd%.0s' {1..250})" && cd d*; done) # beyond the longest path
  assay check pack
  expect_status 1
  holds "$output" "E0192"
  assay test pack
  expect_status 66
  holds "$errors" "E0192"
  assay list rules --rules pack
  expect_status 65
}

@test "hostile files: endless loading, deep nesting, bytes that are no text" {
  mistaken
  sed 's/P.1/P.2/' pack/own/p_1.lua >pack/own/p_2.lua
  echo '  - { id: "P.2", kind: control, theme: organizational, title: Two }' >>pack/catalog.yaml
  echo 'while true do end' >pack/own/p_1.lua
  assay check pack --limit-time 2s --format json
  expect_status 1
  [ "$(found p_1.lua)" = "E0632 1" ]
  [ "$(found p_2.lua)" = "W0834 3, W0843 1, E0836 7" ] || [ "$(found p_2.lua)" = "E0836 7, W0834 3, W0843 1" ]
  rm pack/own/p_2.lua && sed -i '/P.2/d' pack/catalog.yaml
  { printf 'return '; head -c 200000 /dev/zero | tr '\0' '('; } >pack/own/p_1.lua
  assay check pack
  expect_status 1
  holds "$output" "E0510"
  head -c 5000 /dev/urandom >pack/own/p_1.lua
  assay check pack
  expect_status 1
  printf 'return rule "P.1" { title = "%s" }' "$(head -c 300000 /dev/zero | tr '\0' 'x')" >pack/own/p_1.lua
  assay check pack
  expect_status 1
  : >pack/own/p_1.lua
  assay check pack
  expect_status 1
  holds "$output" "E0512"
}

@test "nothing of luacheck is run that the folder brings along" {
  mistaken
  printf 'os.execute("touch %s/ran")\nreturn {}\n' "$HERE" >.luacheckrc
  cp .luacheckrc pack/.luacheckrc
  assay check pack
  [ ! -e ran ]
}

@test "tailoring that drops what reads a param makes its setting useless" {
  mkdir -p ours
  printf 'return extend "A.5.18" {\n  params = {\n    expiry_grace = { default = "2 d" },\n  },\n  without "leavers_revoked", without "expired_rights_removed",\n}\n' >ours/a_5_18_ours.lua
  printf 'schema: assay.config/1\npacks: [ours]\nparams:\n  A.5.18: { revoke_within: 4 h, move_within: 9 d }\n' >assay.yaml
  assay check --format json
  expect_status 1
  [ "$(found assay.yaml)" = "W0833 4" ]
  holds "$output" 'no check of A.5.18 reads `revoke_within` any more'
  [ "$(found a_5_18_ours.lua)" = "W0833 3" ]
}

@test "of two tailorings of one check the first is never asked" {
  mkdir -p one two
  check='check "ours" { question = "q", tests = "design", severity = "minor", weight = 1, holds = function(_, isms) return #isms.people > 0, {} end, message = "m", remedy = "r" }'
  printf 'return extend "A.5.18" {\n  %s,\n}\n' "$check" >one/a_5_18_one.lua
  printf 'return extend "A.5.18" {\n  needs = { "people", "entitlements", "suppliers" },\n  %s,\n}\n' "$check" >two/a_5_18_two.lua
  printf 'schema: assay.config/1\npacks: [one, two]\n' >assay.yaml
  assay check --ignore W0843 --format json
  expect_status 1
  [ "$(found a_5_18_one.lua)" = "W0841 2" ]
  holds "$output" "two/a_5_18_two.lua replaces it"
  # people and entitlements the rule itself needs: an extension may make them required
  [ "$(found a_5_18_two.lua)" = "W0834 2" ]
  holds "$output" "names suppliers"
}

@test "several needs that nothing reads go at once, wherever they stand" {
  mistaken
  sed -i 's/needs = .*/needs = { "soa", "accounts", "assets", "people", -- why\n    "risks", "suppliers", },/; s/surname/name/' pack/own/p_1.lua
  assay check pack --fix --ignore W0843
  expect_status 0
  [ "$(grep -c mended <<<"$errors")" = 4 ]
  grep -q 'needs = { "accounts", "people", },' pack/own/p_1.lua || grep -A1 'needs = { "accounts", "people"' pack/own/p_1.lua
  assay test pack/own --format tap || true
  assay check pack --ignore W0843
  expect_status 0
  [ -z "$output" ]
}

@test "bundles: columns that nothing maps, patterns that explode, what reading them tells" {
  mkdir b
  printf 'schema: assay.bundle/1\nas_of: 2026-06-30\ndocuments:\n  - { path: users.csv, kind: accounts, map: { id: login, username: login }, set: { system: x, kind: human, status: active, privileged: false } }\n' >b/bundle.yaml
  printf "  - { path: who.log, kind: people, pattern: '^(?<id>(\\\\w+\\\\s?)+);(?<name>.*)', set: { kind: employee, start_date: 2020-01-01 } }\n" >>b/bundle.yaml
  printf 'login,department,"odd, one"\nann,Sales,1\n' >b/users.csv
  echo 'a1;Ann' >b/who.log
  assay check b --format json
  expect_status 1
  [ "$(found users.csv)" = "N0880 0" ]
  holds "$output" '2 of its 3 columns go to no field of accounts: \"department\", \"odd, one\"'
  [ "$(found bundle.yaml)" = "W0850 5" ]
  assay eval b --store none -o json --fail-on never
  lacks "$output" "N0880"
  sed -i 's/start_date: 2020-01-01/start_date: 2020-13-01/' b/bundle.yaml
  tar -czf b.tgz b
  assay check b.tgz
  [ "$status" -ne 0 ]
  holds "$output" "E0215"
}

@test "--ignore leaves out warnings and notes, by code, and says how many" {
  mistaken
  assay check pack --ignore W0834 --ignore w0843 --format json
  expect_status 1
  [ "$(found p_1.lua)" = "E0836 7" ]
  holds "$errors" "2 left out by --ignore"
  assay check pack --ignore E0836
  expect_status 64
  assay check pack --ignore W0934
  expect_status 64
  holds "$errors" "there is no code"
  sed -i 's/surname/name/' pack/own/p_1.lua
  printf 'schema: assay.config/1\npacks: [pack]\ncheck: { ignore: [W0834, W0843] }\n' >assay.yaml
  assay check
  expect_status 0
}
