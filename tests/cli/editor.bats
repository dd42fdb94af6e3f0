#!/usr/bin/env bats
# Editors: in a pack that `assay new` made, a language server completes and explains, and has nothing to say against the rules that ship.
# Needs lua-language-server or emmylua_ls (with emmylua_check) on the path, which Debian 12 has not; without them the tests are skipped.
# That the annotations are sound is tested without a server, in tests/lua/unit_drift.lua.
load helper

server() {
  PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
  local name
  for name in lua-language-server emmylua_ls; do
    SERVER=$(command -v $name) && return
  done
  skip "neither lua-language-server nor emmylua_ls is on the path"
}

ask() { # WHAT TEXT: in a fresh pack
  [ -d acme ] || "$ASSAY" new pack acme >/dev/null
  answer=$(python3 "$BATS_TEST_DIRNAME/lsp.py" "$SERVER" acme "$1" "$2")
}

@test "completion: kinds, methods, fields and words" {
  server
  ask complete 'return rule "ACME.1" { check "c" { over = function(isms) return isms.|suppliers end } }'
  holds "$answer" suppliers
  holds "$answer" organization
  ask complete 'return rule "ACME.1" { check "c" { over = function(isms) return isms.suppliers:|where{} end } }'
  holds "$answer" where
  holds "$answer" newest
  ask complete 'return rule "ACME.1" { check "c" { over = function(isms) return isms.accounts:where{ | } end } }'
  holds "$answer" status
  holds "$answer" person_id
  ask complete 'local checks = require "checks"
local ok = checks.|recent'
  holds "$answer" recent
}

@test "a kind of one's own, once its annotations are written" {
  server
  "$ASSAY" new pack acme >/dev/null
  "$ASSAY" new kind laptops --pack acme >/dev/null
  mkdir acme/.types
  "$ASSAY" list kinds laptops --format lua >acme/.types/laptops.lua
  ask complete 'return rule "ACME.1" { check "c" { over = function(isms) return isms.lapt|ops end } }'
  holds "$answer" laptops
  assay test acme
  expect_status 0
}

@test "hover: what a word is for" {
  server
  ask hover 'local c = wit|hin("reviewed_at", "interval")'
  holds "$answer" "The date lies no further back than the limit"
  ask hover 'local c = re.te|st("a", "b")'
  holds "$answer" "Whether the pattern matches"
  ask hover 'return rule "ACME.1" { check "c" { over = function(isms) return isms.acc|ounts end } }'
  holds "$answer" "accounts"
}

@test "the rules that ship give no diagnostics; a slip does" {
  server
  local check rules=$BATS_TEST_DIRNAME/../../rules/iso27001
  "$ASSAY" new pack acme >/dev/null
  cp -R "$rules" shipped
  cp acme/.luarc.json shipped/
  case $SERVER in
    *emmylua_ls) check=$(command -v emmylua_check) || skip "emmylua_check is not on the path"; clean=("$check" shipped); slips=("$check" acme) ;;
    *) clean=("$SERVER" --check shipped --checklevel=Warning); slips=("$SERVER" --check acme --checklevel=Warning) ;;
  esac
  run "${clean[@]}"
  [ "$status" -eq 0 ] || { echo "$output"; return 1; }
  sed -i 's/over = ours/over = function(isms) return isms.documents:wher{} end/' acme/own/acme_1.lua
  run "${slips[@]}"
  holds "$output" "wher" || [ "$status" -ne 0 ]
}
