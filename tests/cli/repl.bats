#!/usr/bin/env bats
# assay repl without a terminal: expressions, commands, formats, errors, limits, and what happens when the process that answers dies.
load helper

# A bundle of two kinds, with what no terminal should see.
bundle() {
  mkdir -p b
  printf 'schema: assay.bundle/1\norganization: {id: tiny, name: Tiny Ltd}\nas_of: 2026-06-30\n' >b/bundle.yaml
  printf 'id,name,email,kind,start_date\np1,Ann Lee,ann@x,employee,2020-01-01\np2,"Bob \033[31mRed\033]0;x\007",bob@x,employee,2021-02-03\n' >b/people.csv
  printf 'id,system,username,person_id,kind,privileged,status\na1,CRM,ann,p1,human,true,active\na2,CRM,bob,p2,human,false,locked\na3,ERP,ann,p9,human,false,active\n' >b/accounts.csv
}

# repl ARGS…: with the tiny bundle, and what is on standard input.
repl() { assay repl b --no-history "$@"; }

@test "an expression, a statement, the last value" {
  bundle
  repl -e '1 + 1' -e 'x = 20' -e 'x + _'
  expect_status 0
  [ "$output" = $'2\n22' ]
  [ -z "$errors" ]
}

@test "records as a table, columns of the kind, what is empty left out" {
  bundle
  repl -e 'isms.accounts:where{ status = "active" }'
  expect_status 0
  [ "$output" = "id  system  username  person_id  kind   privileged  status  mfa  mfa_method  created_at  disabled_at  last_login_at  credential_changed_at  owner  approved_by
--  ------  --------  ---------  -----  ----------  ------  ---  ----------  ----------  -----------  -------------  ---------------------  -----  -----------
a1  CRM     ann       p1         human  true        active
a3  ERP     ann       p9         human  false       active" ]
}

@test "one record: its fields, where it stands, references that lead nowhere" {
  bundle
  repl -e 'isms.accounts["a3"]'
  holds "$output" "accounts a3 [accounts.csv:4]"
  holds "$output" "person_id              p9 (people; leads nowhere)"
  holds "$output" "(empty)                mfa, mfa_method"
}

@test "evidence cannot steer the terminal" {
  bundle
  repl -e 'isms.people' -e 'isms.people[2].name' -e 'isms.people[2]' -e '{ isms.people[2].name }' -e 'error(isms.people[2].name)'
  lacks "$output$errors" $'\033'
  lacks "$output$errors" $'\007'
  holds "$output" 'Bob \x1b[31mRed\x1b]0;x\x07'
}

@test "lines of a pipe: several lines make one expression, blank ones none" {
  bundle
  assay repl b <<'IN'

function twice(n)
  return 2 * n
end
twice(
  21
)
-- a comment
  :kinds
IN
  expect_status 0
  holds "$output" 42
  holds "$output" "accounts                        3  Accounts of persons"
}

@test "-f runs a file, errors tell its lines, the exit code is 1" {
  bundle
  printf '#!/usr/bin/env assay\nx = 1\nx +\n  y\nx + 1\n' >ask.lua
  repl -f ask.lua
  expect_status 1
  [ "$output" = 2 ]
  holds "$errors" "ask.lua:4:3: error[E0740]: there is no \`y\`"
  holds "$errors" $'    4 |   y\n      |   ^'
}

@test "errors of syntax stand under a caret, whichever way the text was tried" {
  bundle
  repl -e '1 + * 2' -e 'x = = 3' -e '"é" .. )' -e 'for i = 1 do' -e '{ 1, 2'
  expect_status 1
  [ -z "$output" ]
  holds "$errors" "-e:1:5: error[E0740]: unexpected symbol near '*'"
  holds "$errors" "-e 2:1:5: error[E0740]: unexpected symbol near '='"
  holds "$errors" "-e 3:1:8: error[E0740]: unexpected symbol near ')'"
  holds "$errors" "-e 4:1:11: error[E0740]: ',' expected near 'do'"
  holds "$errors" "-e 5:1:7: error[E0740]: '}' expected"
}

@test "names are suggested: kinds, fields, globals, commands, checks" {
  bundle
  repl -e 'isms.acounts' -e 'isms.accounts:where{ sttus = 1 }' -e 'ismss' -e ':gasp' -e ':schema acounts' -e ':why A.5.81' -e ':doc wehre' -e ':sql select sttus from accounts'
  expect_status 1
  for name in 'did you mean `accounts`?' 'did you mean `status`?' 'did you mean `isms`?' 'did you mean `:gaps`?' 'did you mean `A.5.' 'collection:where'; do
    holds "$errors" "$name"
  done
}

@test "a local that was meant to stay" {
  bundle
  repl -e 'local keep = 1' -e keep
  expect_status 1
  holds "$errors" "\`local keep\` lives within the input where it stands"
}

@test "--format json: one document for each value" {
  bundle
  repl --format json -e 'isms.accounts:where{ system = "CRM" }' -e '{ a = { 1, 2 }, b = true }' -e '"x"' -e 'nil' -e 'isms.people[1]' -e '{}' -e '1/0'
  expect_status 0
  jq -s . <<<"$output" >all.json
  [ "$(jq -r '.[0][1].id + " " + .[0][1].status + " " + .[0][1]._document + ":" + (.[0][1]._line|tostring)' all.json)" = "a2 locked accounts.csv:3" ]
  [ "$(jq -c '.[0][0].mfa, .[0][0].privileged, .[1], .[2], .[3], .[4].name' all.json | tr '\n' ' ')" = 'null true {"a":[1,2],"b":true} "x" null "Ann Lee" ' ]
}

@test "--format csv: a header for each value, nothing that a spreadsheet would run" {
  bundle
  repl --format csv -e '{ "=1+1", "b" }' -e 'isms.people:map(function(p) return { id = p.id, name = p.name } end)'
  expect_status 0
  [ "$(head -n 2 <<<"$output")" = $'value\n\'=1+1' ]
  holds "$output" $'id,name\np1,Ann Lee\np2,'
}

@test "tables of odd keys, of themselves, of deep and of many" {
  bundle
  repl -e '{ [{}] = 1 }' -e '{ [print_ or 1.5] = 1, [true] = 2 }' -e 't = {} t.t = t' -e t -e 'd = {} for i = 1, 5000 do d = { d } end' -e d -e 'isms' -e checks -e string -e '{ isms.accounts[1], 2 }'
  holds "$output" '{…} -- its keys have no order'
  holds "$output" '{ t = {…} -- itself }'
  holds "$output" 'accounts a1'
  assay repl b --format json -e 't = {} t.t = t' -e t -e 'd = {} for i = 1, 5000 do d = { d } end' -e d
  expect_status 0
  jq -s . <<<"$output" >/dev/null
}

@test "100,000 rows and a text of a megabyte" {
  bundle
  repl --format csv -e 't = {} for i = 1, 100000 do t[i] = { n = i, text = "row " .. i } end' -e t
  expect_status 0
  [ "$(wc -l <<<"$output")" -eq 100001 ]
  [ "$(tail -n 1 <<<"$output")" = "100000,row 100000" ]
  repl -e '("x"):rep(1000000)'
  expect_status 0
  [ "${#output}" -eq 1000000 ]
  repl -e '{ ("x"):rep(1000000) }' -e '{ { a = ("x"):rep(1000000) } }'
  expect_status 0
}

@test "an endless loop costs its expression: variables and session stay" {
  bundle
  repl --limit-time 0.2 -e 'x = 7' -e 'while true do end' -e x
  expect_status 1
  [ "$output" = 7 ]
  holds "$errors" "error[E0741]: it takes more than 0.2 s (--limit-time) at -e 2:1"
}

@test "nothing in an expression can outlive the limit: callbacks, conditions, queries" {
  bundle
  repl --limit-time 0.2 -e 'x = 7' -e 'isms.accounts:where(function() while true do end end)' -e 'any_of(function() while true do end end)(isms.accounts[1])' \
    -e ':sql WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t' -e x
  [ "$output" = 7 ]
  [ "$(grep -c 'E0741.*limit-time' <<<"$errors")" -eq 3 ]
  repl --limit-steps 100000 -e 'x = 7' -e 'for i = 1, 1e9 do end' -e x
  [ "$output" = 7 ]
  holds "$errors" "it takes more than 100000 steps (--limit-steps)"
}

@test "an expression that eats memory costs the variables, and says so; the bundle stays" {
  bundle
  repl --limit-memory 16MB -e 'x = 7' -e 't = {} for i = 1, 1e9 do t[i] = ("x"):rep(1000) .. i end' -e '#isms.accounts' -e x
  expect_status 1
  [ "$output" = 3 ]
  holds "$errors" "it needs more than 16 MB of memory (--limit-memory)"
  holds "$errors" "the variables of the session are lost; the bundle is still there"
  holds "$errors" "there is no \`x\`"
}

# The process that answers: the youngest below the one of the bundle.
answering_of() {
  local zygote worker
  zygote=$(pgrep -P "$1" | head -n 1) && [ -n "$zygote" ] && worker=$(pgrep -P "$zygote" | head -n 1) && [ -n "$worker" ] || return 1
  ANSWERING=$(pgrep -P "$worker" | tail -n 1)
  [ -n "$ANSWERING" ]
}

@test "the process that answers is killed: the next input is told, then all goes on" {
  bundle
  mkfifo in
  "$ASSAY" repl b <in >out 2>err &
  local pid=$!
  exec 9>in
  echo 'x = 1 x2 = 2' >&9
  echo '"ready"' >&9
  wait_for 20 grep -q ready out
  answering_of $pid
  kill -9 "$ANSWERING"
  wait_for 20 sh -c "! kill -0 $ANSWERING 2>/dev/null"
  echo '"told"' >&9
  wait_for 20 grep -q E0741 err
  echo '#isms.people' >&9
  wait_for 20 grep -q '^2$' out
  exec 9>&-
  wait $pid || [ $? = 1 ]
  grep -q 'the variables of the session are lost' err
  ! grep -q told out
}

@test "the process that holds the bundle is killed: exit code 70" {
  bundle
  mkfifo in
  "$ASSAY" repl b <in >out 2>err &
  local pid=$! code=0
  exec 9>in
  echo '"ready"' >&9
  wait_for 20 grep -q ready out
  kill -9 "$(pgrep -P $pid | head -n 1)"
  echo 1 >&9
  exec 9>&-
  wait $pid || code=$?
  [ $code = 70 ]
  grep -q 'the process that held the bundle has ended' err
}

@test "Ctrl-C in a script ends it with 130" {
  bundle
  env --default-signal=INT "$ASSAY" repl b -e '"ready"' -e 'while true do end' -e '"more"' >out 2>err &
  local pid=$! code=0
  wait_for 20 grep -q ready out
  kill -INT $pid
  wait $pid || code=$?
  [ $code = 130 ]
  ! grep -q more out
}

@test ":run tries a requirement, and a rule that is still being written" {
  bundle
  cat >a_5_18_mine.lua <<'LUA'
return rule "A.5.18" {
  title = "Access rights", intent = "Nobody has rights for nothing.", needs = { "accounts" },
  check "few" { question = "Are there few?", tests = "operation", severity = "minor", weight = 1, over = "accounts", expect = one_of("status", "active"),
    message = "{username} on {system} is not in use", remedy = "Close it." },
}
LUA
  repl -e ':run a_5_18_mine.lua'
  expect_status 0
  holds "$output" "few: FAILS, 3 tested, 1 failed"
  holds "$output" "a2 [accounts.csv:3]"
  holds "$output" "bob on CRM is not in use"
  sed -i 's/one_of/oneof/' a_5_18_mine.lua
  repl -e ':run a_5_18_mine.lua' -e ':run nothing.lua' -e ':run A.5.2'
  expect_status 1
  holds "$errors" "a_5_18_mine.lua:"
  holds "$errors" "nothing.lua cannot be read"
  holds "$errors" "A.5.2"
}

@test ":why, :gaps, :risks, :results, :schema, :doc, :limits, :time" {
  bundle
  repl -e ':why A.5.18' -e ':gaps' -e ':risks' -e ':results A.5.1*' -e ':schema accounts' -e ':doc checks.recent' -e ':limits' -e ':time 6 * 7' -e ':help' -e ':help why'
  expect_status 0
  holds "$output" "A.5.18 Access rights"
  holds "$output" "no risks"
  holds "$output" "insufficient evidence"
  holds "$output" "enum(human, service, shared, break_glass, device)"
  holds "$output" "recent(records, field, d)"
  holds "$output" "limit-memory  64 MB"
  holds "$output" 42
  holds "$errors" " ms"
}

@test ":sql asks records and results" {
  bundle
  repl --format csv -e ':sql SELECT system, count(*) AS n FROM accounts GROUP BY system' -e ":sql SELECT id, status FROM results WHERE id = 'A.5.18'"
  expect_status 0
  [ "$output" = $'system,n\nCRM,2\nERP,1\nid,status\nA.5.18,insufficient_evidence' ]
  repl -e ':sql SELECT sttus FROM accounts'
  expect_status 1
  holds "$errors" "sql:1:8: error[E0747]: there is no column \`sttus\`"
}

@test ":save writes what the ending says, never over a file without !" {
  bundle
  repl -e 'isms.accounts:where{ system = "ERP" }' -e ':save o.json' -e ':save o.csv' -e ':save o.lua' -e ':save o.txt' -e '1' -e ':save o.json' -e ':save x.doc'
  expect_status 1
  [ "$(jq -r '.[0].id' o.json)" = a3 ]
  holds "$(cat o.csv)" "a3,ERP,ann,p9,human,false,active"
  holds "$(cat o.lua)" 'id = "a3"'
  holds "$(cat o.txt)" "a3  ERP"
  holds "$errors" "o.json is there already"
  holds "$errors" "x.doc: its ending does not say how to write"
  [ ! -e x.doc ]
  repl -e 1 -e ':save! o.json'
  expect_status 0
  [ "$(cat o.json)" = 1 ]
}

@test ":reload reads everything again and says what changed" {
  bundle
  mkfifo in
  "$ASSAY" repl b --no-history <in >out 2>err &
  local pid=$!
  exec 9>in
  echo 'x = 1 y = "ready"' >&9
  echo y >&9
  wait_for 20 grep -q ready out
  echo 'a4,CRM,new,p1,human,false,active' >>b/accounts.csv
  echo ':reload' >&9
  echo '#isms.accounts .. " now"' >&9
  echo x >&9
  exec 9>&-
  wait $pid || true
  holds "$(cat out)" "records of accounts  3       4"
  holds "$(cat out)" "4 now"
  holds "$(cat err)" "there is no \`x\`"
}

@test "what is wrong with the command itself" {
  bundle
  repl -e 1 --fromat json
  expect_status 64
  holds "$errors" "--format"
  assay repl nowhere -e 1
  expect_status 66
  assay repl - -e 1
  expect_status 64
  repl -f nofile
  expect_status 74
  holds "$errors" "nofile cannot be read"
  repl -e ':quit' -e 1
  expect_status 0
  [ -z "$output" ]
  repl -e ':kinds of' -e ':schema'
  expect_status 1
  holds "$errors" ":kinds takes nothing behind it"
  holds "$errors" ":schema wants KIND behind it"
}

@test "empty input is fine" {
  bundle
  assay repl b </dev/null
  expect_status 0
  [ -z "$output$errors" ]
}

# On a terminal: repl_terminal.py types and waits.
terminal() { bundle && ASSAY=$ASSAY timeout 120 python3 "$BATS_TEST_DIRNAME/repl_terminal.py" "$1" b; }

@test "terminal: lines, several lines, errors, Ctrl-D" { terminal lines; }
@test "terminal: completion of kinds, methods, fields, commands, requirements" { terminal complete; }
@test "terminal: Ctrl-C stops an expression, drops a line, never the session" { terminal interrupt; }
@test "terminal: history, private, without duplicates, and none" { terminal history; }
@test "terminal: long values in the pager, :all" { terminal page; }
@test "terminal: tables fit a narrow window" { terminal narrow; }
@test "terminal: SIGTERM ends it" { terminal hangup; }

@test "the sessions of docs/repl.md go as the page says" {
  ln -s "$BATS_TEST_DIRNAME/../../examples/acme" acme
  ASSAY=$ASSAY timeout 120 python3 "$BATS_TEST_DIRNAME/repl_terminal.py" documented "$BATS_TEST_DIRNAME/../../docs/repl.md"
}

@test "a run of the store: what it found, without its evidence" {
  bundle
  assay eval b --fail-on never --store runs.db
  assay repl last --store runs.db -e '#isms.accounts' -e isms.accounts -e 'results["A.5.18"].status' -e ":sql SELECT status FROM results WHERE id = 'A.5.18'" -e ':why A.5.18' -e ':kinds'
  expect_status 0
  [ "$(head -n 3 <<<"$output")" = $'0\nno accounts (the evidence of a stored run is not there)\ninsufficient_evidence' ]
  holds "$output" "run last of tiny, as of 2026-06-30: insufficient evidence"
  lacks "$output" "NOT SUPPLIED"
  lacks "$output" "has changed since this run"
  assay repl 1 --store runs.db -e ':run A.5.18'
  expect_status 1
  holds "$errors" "the evidence of a stored run is not there"
  assay repl 2 --store runs.db -e 1
  expect_status 66
  mkdir 1 && cp b/* 1
  assay repl 1 --store runs.db -e '#isms.accounts' # a folder of that name comes first
  [ "$output" = 3 ]
}

@test "a run whose rule has changed since" {
  bundle
  assay new pack mine
  expect_status 0
  assay eval b --fail-on never --store runs.db --rules mine
  printf -- '-- changed\n' >>mine/own/mine_1.lua
  assay repl last --store runs.db --rules mine -e ':why MINE.1'
  expect_status 0
  holds "$output" "The rule has changed since this run"
}
