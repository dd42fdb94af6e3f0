#!/usr/bin/env bats
# What a new user mistypes on the way through docs/guide.md: each message says what to do. The files are those of the guide.
load helper

GUIDE=$BATS_TEST_DIRNAME/../../docs/guide.md

# The named blocks of the guide as files, with the pack that step 3 makes.
guide() {
  "$ASSAY" new pack shop --title "Supplier confidentiality" >/dev/null
  awk '/^```[a-z]+ [^ ]+$/ { file = $2; if (file == "assay.yaml" || file ~ /ours/) file = "/dev/null"; dir = file; sub("/[^/]*$", "", dir)
         if (dir != file && file != "/dev/null") system("mkdir -p " dir); printf "" >file; next }
       /^```$/ { file = ""; next } file { print >>file }' "$GUIDE"
  RULE=shop/own/shop_1_supplier_confidentiality.lua
  sed -i 's/expect = { suppliers_bound = { "s1" } }/expect = { suppliers_bound = "pass" }/' shop/own/*_test.lua
}

# says WORDS…: the last message of any stream has them all.
says() {
  local words
  for words in "$@"; do holds "$errors$output" "$words" || return 1; done
}

# slip FILE SED WORDS…: the slip, an evaluation, what is said about it.
slip() {
  cp "$1" .kept
  sed -i "$2" "$1"
  ! cmp -s "$1" .kept || { echo "nothing changed: $2"; return 1; }
  assay eval evidence --control SHOP.1 --store none
  cp .kept "$slipped"
  shift 2
  says "$@"
}
slipped=

in_file() { slipped=$1; slip "$@"; }

@test "paths: what lies beside is suggested, and what was meant is told" {
  guide
  assay eval evidnce
  expect_status 66
  says 'did you mean `evidence`?'
  assay explain SHOP.1 evidnce
  says 'did you mean `evidence`?'
  assay eval nowhere
  says "a bundle is a folder, an archive or a document"
  assay eval evidence --config asay.yaml
  says 'did you mean `assay.yaml`?'
  assay check shp
  expect_status 66
  says 'did you mean `shop`?'
  assay eval shop --store none
  says "this is a pack of rules: name a bundle, and the pack with --rules"
  assay explain evidence SHOP.1
  says "the requirement comes first: assay explain SHOP.1 evidence"
}

@test "params: the rule that is meant, and the value that does not do" {
  guide
  assay eval evidence --param nda_life=3d --store none
  expect_status 65
  says 'did you mean `SHOP.1.nda_life=3d`?'
  assay eval evidence --param review_interval=3d --store none
  says "name the rule, too: 4.1.review_interval=3d,"
  assay eval evidence --param SHOP.1.nda_life=3 --store none
  says 'SHOP.1.nda_life: `3` is no duration'
  in_file assay.yaml '$a params: { SHOP.1.nda_life: 3 d }' 'must be a map, not `3 d`' "params stand below their rule"
}

@test "what is there already: how to go on" {
  guide
  assay new pack shop
  expect_status 74
  says "adds a rule to it"
  assay new test SHOP.1
  says "assay test shop/own/shop_1_supplier_confidentiality_test.lua"
  assay new bundle evidence
  says "give another name or folder"
}

@test "evidence: the wrong column comes before the records that lack it" {
  guide
  in_file evidence/suppliers.csv 's/criticality/critcality/' 'did you mean `criticality`?' "required field"
  [ "$(grep -oE '(W0302|E0303)' <<<"$errors" | head -n 1)" = W0302 ]
  in_file evidence/suppliers.csv 's/,yes,/,ja,/' "neither true nor false" "write yes or no"
  in_file evidence/bundle.yaml 's/collected_at: 2026/collected_at: 2027/' 'mend `collected_at`, or judge a later moment with --at'
}

@test "settings and packs: the word that stands there, and the one that is meant" {
  guide
  in_file shop/pack.yaml 's/pack\/1/pack\/9/' '`schema` cannot be `assay.pack/9`' 'did you mean `assay.pack/1`?'
  in_file shop/catalog.yaml 's/kind: control/kind: contrl/' 'cannot be `contrl`' 'did you mean `control`?'
}

@test "the code of a rule: its line, and no frame of the product" {
  guide
  in_file "$RULE" 's/:where/:wher/' "$RULE:14: error[E0610]" "(method 'wher')" 'did you mean `where`?' "return isms.suppliers:wher"
  ! grep -q "judge" <<<"$errors"
  in_file "$RULE" 's/function(isms)/function(ism)/' 'there is no global `isms`; it is an argument: function(isms, params)'
  in_file "$RULE" 's/return isms.suppliers.*/return io.open("x")/' 'there is no global `io`: it is Lua'"'"'s, and rules do without it'
  in_file "$RULE" 's/return isms.suppliers.*/return isms.suppliers:where{ accesses_information = "yes" }/' "write true or false"
  in_file "$RULE" 's/return isms.suppliers.*/return isms.suppliers:frobnicate()/' "assay list reference collection"
  assay list reference collection
  says "where, first, any"
}

@test "a test: a moment that is none" {
  guide
  sed -i 's/"2026-06-30"/"2026-6-31"/' shop/own/*_test.lua
  assay test shop
  expect_status 1
  says '`2026-6-31` is no date or time'
  ! grep -q "stack traceback" <<<"$output"
}

@test "questions: a method, print, a query that is none" {
  guide
  assay repl evidence -e 'isms.suppliers:wher{}'
  says 'did you mean `where`?'
  assay repl evidence -e 'print(1)'
  says "shown by themselves"
  assay query evidence 'selct 1'
  says "a query begins with SELECT or WITH"
  assay version x
  [ "${errors##*help: }" = "usage: assay version" ]
}
