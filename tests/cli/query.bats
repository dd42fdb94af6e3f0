#!/usr/bin/env bats
# assay query, and sql in rules, on examples/acme: rows against what other commands count, formats, mistakes, limits.
load helper

ROOT=$BATS_TEST_DIRNAME/../..
ACME=$ROOT/examples/acme

setup_file() {
  local program=${ASSAY:-$BATS_TEST_DIRNAME/../../build/assay}
  "$program" eval "$ACME" --store none -o json --fail-on never >"$BATS_FILE_TMPDIR/acme.json" 2>/dev/null
}

# ask SQL [FLAGS]: rows as CSV without the head, in $output.
ask() {
  local sql=$1
  shift
  assay query "$ACME" "$sql" --format csv "$@"
  expect_status 0
  output=$(tail -n +2 <<<"$output")
}

endless="WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"

@test "each kind has as many rows as its documents have records" {
  local kind n seen=0
  while IFS=$'\t' read -r kind n; do
    ask "SELECT count(*) FROM $kind"
    [ "$output" = "$n" ] || { echo "$kind: $output, not $n"; return 1; }
    seen=$((seen + 1))
  done < <(jq -r '.documents | map(select(.kind)) | group_by(.kind)[] | [.[0].kind, (map(.records) | add)] | @tsv' "$BATS_FILE_TMPDIR/acme.json" | head -n 12)
  [ "$seen" -eq 12 ]
}

@test "records are where they say" {
  ask "SELECT _key, _document, _line FROM people WHERE _line = 7"
  [ "$output" = "$(sed -n 7p "$ACME/evidence/hr/workforce.csv" | cut -d, -f1),evidence/hr/workforce.csv,7" ]
}

@test "the results are those of eval" {
  ask "SELECT requirement, check_name, key, document, line, grade FROM findings WHERE key IS NOT NULL"
  jq -r '.requirements[] as $r | $r.checks[] as $c | $c.findings[] | select(.key) | [$r.id, $c.name, .key, .document, .line, .grade] | map(. // "" | tostring) | join(",")' \
    "$BATS_FILE_TMPDIR/acme.json" >expected
  diff expected - <<<"${output//\"/}"
  ask "SELECT count(*), sum(score) FROM results"
  [ "$output" = "$(jq -r '[(.requirements | length), ([.requirements[].score // empty] | add)] | join(",")' "$BATS_FILE_TMPDIR/acme.json")" ]
  ask "SELECT count(*), sum(residual_score) FROM risk_results"
  [ "${output%.0}" = "$(jq -r '[(.risks | length), ([.risks[].residual.score] | add)] | join(",")' "$BATS_FILE_TMPDIR/acme.json")" ]
}

@test "nothing is evaluated where no results are asked for" {
  assay query "$ACME" "SELECT 'results, findings' AS x -- checks" --format csv
  expect_status 0
  [ "$output" = $'x\n"results, findings"' ]
}

@test "results of a bundle on standard input: a pipe, a file, an archive" {
  local all
  all=$(jq '[.requirements[].checks[].findings | length] | add' "$BATS_FILE_TMPDIR/acme.json")
  tar cf acme.tar -C "$ACME" .
  [ "$("$ASSAY" query - "SELECT count(*) AS n FROM findings" --format ndjson <acme.tar)" = "{\"n\":$all}" ]
  [ "$(gzip -c acme.tar | "$ASSAY" query - "SELECT count(*) AS n FROM findings" --format ndjson)" = "{\"n\":$all}" ]
  [ "$("$ASSAY" query acme.tar "SELECT count(*) AS n FROM findings" --format ndjson)" = "{\"n\":$all}" ]
  [ "$(gzip -c acme.tar | "$ASSAY" query - "SELECT count(*) AS n FROM accounts" --format ndjson)" = "{\"n\":$("$ASSAY" query "$ACME" "SELECT count(*) FROM accounts" --format csv | tail -n 1)}" ]
}

@test "the tables of results in docs/sql.md are all there, and no others" {
  local table names
  for table in results checks findings _tables _columns _documents; do
    names=$(grep "^| \`$table\` |" "$ROOT/docs/sql.md" | cut -d'|' -f3 | sed 's/([^)]*)//g' | grep -oE '`[a-z0-9_]+`' | tr -d '`' | paste -sd,)
    assay query "$ACME" "SELECT * FROM $table LIMIT 0" --format csv
    [ "$output" = "$names" ]
  done
}

@test "a table is aligned, JSON is a list of objects, CSV is quoted" {
  sql="SELECT 1 AS n, 'a,b' AS t, NULL AS none UNION ALL SELECT 20, 'ü\"', 1.5"
  assay query "$ACME" "$sql"
  diff - <(echo "$output") <<'END'
n   t    none
--  ---  ----
 1  a,b
20  ü"    1.5
END
  assay query "$ACME" "$sql" --format csv
  [ "$output" = $'n,t,none\n1,"a,b",\n20,"ü""",1.5' ]
  assay query "$ACME" "$sql" --format json
  [ "$(jq -c . <<<"$output")" = '[{"n":1,"t":"a,b","none":null},{"n":20,"t":"ü\"","none":1.5}]' ]
  assay query "$ACME" "$sql" --format ndjson
  [ "$output" = $'{"n":1,"t":"a,b","none":null}\n{"n":20,"t":"ü\\"","none":1.5}' ]
  assay query "$ACME" "SELECT 1 AS n, 2 AS m, 3 AS n" --format ndjson
  expect_status 64
  [ -z "$output" ]
  holds "$errors" "two columns are called \`n\`"
  assay query "$ACME" "SELECT 1 AS n, 2 AS m, 3 AS n" --format csv
  [ "$output" = $'n,m,n\n1,2,3' ]
  assay query "$ACME" "SELECT 1 AS n WHERE 0" --format ndjson
  [ "$output" = "" ]
  assay query "$ACME" "SELECT 1 AS n WHERE 0" --format json
  [ "$output" = "[]" ]
  assay query "$ACME" "SELECT 1 AS n WHERE 0" --format csv
  [ "$output" = "n" ]
}

@test "a terminal gets a table of its width, and the number of rows" {
  script -qec "stty cols 40; '$ASSAY' query '$ACME' \"SELECT id, title, title AS again FROM risks LIMIT 2\"" /dev/null </dev/null | tr -d '\r' >seen
  grep -q '2 rows' seen
  grep -q '…' seen
  [ -z "$(awk 'length($0) > 44' seen)" ] # bytes: an ellipsis has three
}

@test "evidence cannot steer a terminal or a spreadsheet" {
  printf 'id,name,kind,start_date\np1,"=HYPERLINK(""x"")",employee,2020-01-01\np2,"\033[31mred",employee,2020-01-01\np4,-5,employee,2020-01-01\n' >people.csv
  assay query people.csv "SELECT id, name || char(10) || 'lines' AS t, name FROM people" --at 2026-01-01
  expect_status 0
  lacks "$output" $'\033'
  holds "$output" '\x1b[31mred'
  holds "$output" '-5\nlines'
  assay query people.csv "SELECT name, -5 AS n FROM people" --at 2026-01-01 --format csv
  lacks "$output" $'\033'
  holds "$output" "\"'=HYPERLINK(\"\"x\"\")\",-5"
  holds "$output" "'-5,-5"
  assay query people.csv "SELECT 'x' || char(10) || '=1+1' AS t, char(0xff1d) || '1' AS u, '@x' AS v, char(9) || 'y' AS w" --at 2026-01-01 --format csv
  [ "$output" = $'t,u,v,w\n"x\n\'=1+1",\'\xef\xbc\x9d1,\'@x,"\'\ty"' ]
  assay query people.csv "SELECT char(0x202e) || 'x' AS t, cast(x'ff' AS text) AS u, x'00ff' AS b" --at 2026-01-01 --format json
  [ "$(jq -r '.[0].b' <<<"$output")" = "x'00ff'" ]
  assay query people.csv "SELECT char(0x202e) || 'x' AS t, cast(x'ff' AS text) AS u" --at 2026-01-01 --format csv
  [ "$output" = $'t,u\n''\u{202e}x,'$'\xef\xbf\xbd' ]
}

@test "mistakes are shown in the query, with what was meant" {
  assay query "$ACME" $'SELECT id\nFROM acounts'
  expect_status 64
  [ -z "$output" ]
  holds "$errors" "query:2:6: error[E0752]: there is no table \`acounts\`"
  holds "$errors" "    2 | FROM acounts"
  holds "$errors" "      |      ^"
  holds "$errors" "did you mean \`accounts\`?"
  assay query "$ACME" "SELECT ?"
  expect_status 64
  assay query "$ACME" "SELECT seconds('soon')"
  expect_status 2
  holds "$errors" "error[E0756]: seconds: \`soon\` is no duration"
  assay query "$ACME" "SELECT id FROM accounts WHERE status = 'activ'"
  expect_status 64
  holds "$errors" "query:1:40: error[E0752]: accounts.status has no word \`activ\`"
  holds "$errors" "did you mean \`active\`?"
  assay query nowhere "SELECT 1"
  expect_status 66
  assay query "$ACME"
  expect_status 64
  holds "$errors" "needs a query"
  assay query "$ACME" "SELECT 1" --formt csv
  expect_status 64
  holds "$errors" "did you mean \`--format\`?"
}

@test "nothing but reading" {
  local sql
  for sql in "ATTACH '$HERE/x.db' AS x" "VACUUM INTO '$HERE/x.db'" "PRAGMA database_list" "SELECT load_extension('x')" "SELECT writefile('$HERE/x', 'y')" \
    "SELECT readfile('/etc/passwd')" "CREATE TABLE x (y)" "DELETE FROM people" "SELECT 1; DELETE FROM people" "SELECT * FROM sqlite_master" "SELECT random()"; do
    assay query "$ACME" "$sql"
    expect_status 64
    [ -z "$output" ]
  done
  [ -z "$(ls "$HERE")" ]
}

@test "the process of a query opens nothing once the SQL runs" {
  command -v strace >/dev/null || skip "strace is not there"
  grep -q __asan_init "$ASSAY" && skip "a sanitizer makes calls of its own"
  strace -f -qq -o trace "$ASSAY" query "$ACME" "SELECT p.name, group_concat(a.id) FROM accounts a JOIN people p ON p.id = a.person_id, json_each('[1,2]') GROUP BY 1 ORDER BY 1" >/dev/null 2>&1 ||
    skip "strace cannot trace here"
  # Of the child: what comes behind its last wall.
  awk 'NR == 1 { parent = $1 } $1 != parent && $2 ~ /^[a-z_0-9]+\(/ { sub(/\(.*/, "", $2); print $2 }' trace | tac | sed '/seccomp/,$d' | sort -u >calls
  [ -s calls ]
  [ -z "$(grep -vxE 'write|exit_group|brk|mmap|munmap|mremap|madvise|futex|clock_gettime' calls)" ] || { cat calls; return 1; }
}

@test "a query ends at its limits" {
  assay query "$ACME" "$endless" --limit-time 0.3
  expect_status 2
  holds "$errors" "E0753"
  holds "$errors" "more than 0.3 s (--limit-time)"
  # Within one step SQLite looks at no clock: the process is stopped.
  assay query "$ACME" "SELECT trim(printf('%.3000000c', 'a'), printf('%.90000c', 'b') || 'a')" --limit-time 0.1
  expect_status 2
  holds "$errors" "E0753"
  assay query "$ACME" "WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT 9000000) SELECT x FROM c ORDER BY -x" --limit-memory 16MB
  expect_status 2
  holds "$errors" "more than 16 MB of memory (--limit-memory)"
  assay query "$ACME" "SELECT id FROM accounts" --limit-rows 10 --format csv
  expect_status 2
  holds "$errors" "more than 10 rows"
  [ "$(wc -l <<<"$output")" -eq 11 ]
}

@test "a query comes from standard input, and so can its bundle" {
  status=0
  output=$("$ASSAY" query "$ACME" - --format csv <<<"SELECT count(*) AS n FROM risks") || status=$?
  expect_status 0
  [ "$output" = $'n\n'"$(jq '.risks | length' "$BATS_FILE_TMPDIR/acme.json")" ]
  assay query - -
  expect_status 64
}

@test "a query comes from a file" {
  printf -- '-- all of them\nSELECT count(*) AS n\nFROM rsks' >wrong.sql
  assay query "$ACME" --file wrong.sql
  expect_status 64
  holds "$errors" "wrong.sql:3:6: error[E0752]: there is no table \`rsks\`"
  holds "$errors" "did you mean \`risks\`?"
  sed 's/rsks/risks/' wrong.sql >right.sql
  assay query "$ACME" -f right.sql --format csv
  expect_status 0
  [ "$output" = $'n\n'"$(jq '.risks | length' "$BATS_FILE_TMPDIR/acme.json")" ]
  assay query "$ACME" -f nowhere.sql
  expect_status 66
  assay query "$ACME" "SELECT 1" -f right.sql
  expect_status 64
  assay query - -f -
  expect_status 64
  assay query "$ACME" --schema -f right.sql
  expect_status 64
  head -c 100000 /dev/zero | tr '\0' ' ' >long.sql
  assay query "$ACME" -f long.sql
  [ "$status" -ne 0 ]
  holds "$errors" "64 KB"
}

@test "the schema is that of the kinds" {
  assay query "$ACME" --schema --format json
  expect_status 0
  "$ASSAY" list kinds --format json | jq -r '.rows[].kind' | sort >kinds
  jq -r '.[] | select(.records != null) | .name' <<<"$output" | diff kinds -
  [ "$(jq -r '.[] | select(.records == null) | .name' <<<"$output" | paste -sd ' ')" = "results checks findings risk_results _tables _columns _documents" ]
  [ "$(jq '.[] | select(.name == "people") | .records' <<<"$output")" = "$("$ASSAY" query "$ACME" "SELECT count(*) FROM people" --format csv | tail -n 1)" ]
  assay query "$ACME" --schema accounts --format csv
  expect_status 0
  holds "$output" 'status,enum,1,,"[""active"",""disabled"",""locked"",""deleted""]",'
  holds "$output" 'person_id,ref,0,people,,'
  assay query "$ACME" --schema findings --format csv
  holds "$output" 'grade,text,'
  assay query "$ACME" --schema acounts
  expect_status 64
  [ -z "$output" ]
  holds "$errors" "did you mean \`accounts\`?"
  assay query "$ACME" --schema "x' OR 1 = 1 --"
  expect_status 64
}

@test "now is as_of" {
  ask "SELECT date('now')"
  [ "$output" = 2026-06-30 ]
  ask "SELECT date('now')" --at 2026-01-31
  [ "$output" = 2026-01-31 ]
}

@test "what could not be read is not passed over in silence" {
  mkdir half
  printf 'as_of: 2026-06-30\n' >half/bundle.yaml
  printf -- '- { id: a' >half/people.yaml
  printf 'id,name,type,status\ns1,One,hardware,in_use\n' >half/assets.csv
  assay query half "SELECT id FROM assets" --format csv
  expect_status 2
  [ "$output" = $'id\ns1' ]
  holds "$errors" "people.yaml"
}

@test "rules ask in SQL: values, what they need, and their limits" {
  assay eval "$ACME" --rules "$BATS_TEST_DIRNAME/fixtures/packs/asking" --control 'ASK.*' --store none --fail-on never --limit-time 2 --limit-memory 16MB -o json
  expect_status 2
  rule() { jq -r --arg id "ASK.$1" '.requirements[] | select(.id == $id) | .status + ": " + (.checks[0].findings[0].message // .reason)' <<<"$output"; }
  ask_output=$output
  n=$(jq -r 'length' <<<"$("$ASSAY" query "$ACME" "SELECT id FROM accounts WHERE system = 'Okta' AND mfa" --format json)")
  output=$ask_output
  [ "$(rule 1)" = "ineffective: $n accounts" ]
  holds "$(rule 2)" "error: it takes more than 2 s (--limit-time) at asking/own/ask_2_endless.lua:5"
  holds "$(rule 3)" "error: it needs more than 16 MB of memory (--limit-memory) at asking/own/ask_3_memory.lua:5"
  holds "$(rule 4)" "the rule does not name \`people\` in its needs"
  holds "$(rule 5)" "insufficient_evidence"
  # Rows with the record itself are a population.
  [ "$(jq -r '.requirements[] | select(.id == "ASK.6") | .checks[0].findings[] | .key + " " + .document + ":" + (.line | tostring) + " " + .values.status' <<<"$output")" = \
    $'crm:gareth.pritchard evidence/systems/accounts.csv:6 active\ngithub:acme-stefan-krall evidence/github/members.json:9 active\nokta:noor.rahmani evidence/idp/okta_users.csv:28 active' ]
  holds "$(rule 6)" "gareth.pritchard on CRM is open 25 days after Gareth Pritchard left"
}
