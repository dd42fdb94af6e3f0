#!/usr/bin/env bats
# assay eval: results, streams, exit codes, determinism.
load helper

ACME=$BATS_TEST_DIRNAME/fixtures/acme
HONEST=(--rules "$BATS_TEST_DIRNAME/fixtures/packs/hostile" --store none)

@test "results on stdout, everything else on stderr" {
  assay eval "$ACME" "${HONEST[@]}" -c HOST.1 -o json
  expect_status 0
  [ "$(jq -r .schema <<<"$output")" = assay.result/1 ]
  [ -z "$errors" ]
}

@test "the report for people is the default" {
  assay eval "$ACME" "${HONEST[@]}" -c HOST.1
  expect_status 0
  holds "$output" "acme, as of 2026-06-30"
}

@test "findings: exit code 1, and --fail-on says from which grade on" {
  assay eval "$ACME" "${HONEST[@]}" -c HOST.5 -o json
  expect_status 1
  grade=$(jq -r '[.requirements[].checks[].findings[].grade] | unique[]' <<<"$output")
  [ "$grade" = minor_nc ]
  [ "$(jq -r '.requirements[] | select(.id == "HOST.5").checks[0].findings[0] | "\(.key) \(.document):\(.line)"' <<<"$output")" = "bob people.csv:3" ]
  assay eval "$ACME" "${HONEST[@]}" -c HOST.5 --fail-on major_nc
  expect_status 0
  assay eval "$ACME" "${HONEST[@]}" -c HOST.5 --fail-on never
  expect_status 0
  assay eval "$ACME" "${HONEST[@]}" -c HOST.5 --fail-on ofi
  expect_status 1
}

@test "every requirement of the catalogue appears exactly once" {
  assay eval "$ACME" "${HONEST[@]}" -c HOST.1 -o json
  [ "$(jq '.requirements | length' <<<"$output")" = 128 ]
  [ "$(jq '[.requirements[].id] | unique | length' <<<"$output")" = 128 ]
  [ "$(jq -r '.requirements[] | select(.id == "HOST.5").status' <<<"$output")" = not_evaluated ]
}

@test "a missing bundle is 66, an unusable one 65, and others are still evaluated" {
  assay eval nowhere "${HONEST[@]}"
  expect_status 66
  holds "$errors" nowhere
  [ -z "$output" ]
  mkdir bad && echo 'schema: assay.bundle/1
as_of: yesterday' >bad/bundle.yaml
  assay eval bad "${HONEST[@]}"
  expect_status 65
  holds "$errors" "bad/bundle.yaml:2"
  assay eval bad "$ACME" "${HONEST[@]}" -c HOST.1 -o json
  expect_status 65
  [ "$(jq -r .run.bundle <<<"$output")" = acme ]
}

@test "an unreadable document: exit code 2, and its kind counts as not supplied" {
  cp -r "$ACME" acme && printf 'id,name\n"ann' >acme/people.csv
  assay eval acme "${HONEST[@]}" -c HOST.1 -o json
  expect_status 2
  holds "$errors" "acme/people.csv"
  [ "$(jq -r .run.incomplete <<<"$output")" = true ]
  [ "$(jq -r '.requirements[] | select(.id == "HOST.1").status' <<<"$output")" = insufficient_evidence ]
}

@test "a folder that cannot be listed: exit code 2, whatever else there is" {
  cp -r "$ACME" acme && mkdir acme/more && cp acme/people.csv acme/more && chmod 0 acme/more
  assay eval acme "${HONEST[@]}" -c HOST.1 --fail-on never -o json
  chmod 755 acme/more
  expect_status 2
  holds "$errors" "acme/more: error[E0192]"
  [ "$(jq -r .run.incomplete <<<"$output")" = true ]
  assay eval acme "${HONEST[@]}" -c HOST.1 --limit-members 2
  expect_status 65
  holds "$errors" "the limit members is 2"
  holds "$errors" "--limit-members"
}

@test "a folder of a pack that cannot be listed, or a link in it: told, not left out in silence" {
  cp -r "${HONEST[1]}" shop && ln -s host_1.lua shop/linked.lua
  assay eval "$ACME" --rules shop --store none -c HOST.1 --fail-on never
  expect_status 0
  holds "$errors" "shop/linked.lua: warning[E0190]"
  mkdir shop/more && chmod 0 shop/more
  assay eval "$ACME" --rules shop --store none -c HOST.1 --fail-on never
  chmod 755 shop/more
  expect_status 65
  holds "$errors" "shop/more: error[E0192]"
}

@test "--strict: warnings about the evidence make it incomplete" {
  cp -r "$ACME" acme
  echo 'eve,Eve,employee,2020-01-01,x' >>acme/people.csv && sed -i '1s/$/,shoe_size/; 2,3s/$/,9/' acme/people.csv
  assay eval acme "${HONEST[@]}" -c HOST.1
  expect_status 0
  holds "$errors" shoe_size
  assay eval acme "${HONEST[@]}" -c HOST.1 --strict
  expect_status 2
}

@test "a bundle that takes too long to read, alone and beside another" {
  mkdir "$BATS_TEST_TMPDIR/large"
  awk 'BEGIN { print "id,username,system"; for (i = 0; i < 400000; i++) print i ",user" i ",okta" }' >"$BATS_TEST_TMPDIR/large/accounts.csv"
  for beside in "" "$ACME"; do
    # shellcheck disable=SC2086  # none, or one path without blanks
    assay eval "$BATS_TEST_TMPDIR/large" $beside "${HONEST[@]}" -c HOST.1 --at 2026-06-30 -o json --limit-read-time 2ms
    expect_status 70
    holds "$errors" "large: error[E0631]: the process that evaluated this bundle failed: it did not end in time"
  done
}

@test "standard input as a bundle" {
  assay eval - "${HONEST[@]}" -c HOST.1 -o json --at 2026-06-30 <<'YAML'
kind: people
records:
  - { id: ann, name: Ann, kind: employee, start_date: 2020-01-01 }
YAML
  expect_status 0
  [ "$(jq -r '.requirements[] | select(.id == "HOST.1").checks[0].population' <<<"$output")" = 1 ]
  assay eval - "${HONEST[@]}" </dev/null
  expect_status 65
  assay eval - - "${HONEST[@]}"
  expect_status 64
  holds "$errors" "only once"
}

@test "several bundles come in the order of the command line, whatever finishes first" {
  for n in 1 2 3 4 5 6; do
    cp -r "$ACME" "b$n" && sed -i "s/id: acme/id: b$n/" "b$n/bundle.yaml"
  done
  for i in $(seq 1 20000); do echo "p$i,P,employee,2020-01-01"; done >>b1/people.csv
  assay eval b1 b2 b3 b4 b5 b6 "${HONEST[@]}" -c HOST.1 -o json --jobs 3
  expect_status 0
  [ "$(jq -r .run.bundle <<<"$output" | tr '\n' ' ')" = "b1 b2 b3 b4 b5 b6 " ]
}

@test "reports into files, one for each bundle" {
  cp -r "$ACME" b1 && sed -i 's/id: acme/id: b1/' b1/bundle.yaml
  assay eval "$ACME" b1 "${HONEST[@]}" -c HOST.1 -o 'json:{bundle}.json' -o json
  expect_status 0
  [ "$(jq -r .run.bundle acme.json b1.json | tr '\n' ' ')" = "acme b1 " ]
  cmp <(cat acme.json b1.json) .out
  assay eval "$ACME" b1 "${HONEST[@]}" -o json:one.json
  expect_status 64
  holds "$errors" '{bundle}'
}

@test "a report that cannot be written is 74" {
  assay eval "$ACME" "${HONEST[@]}" -c HOST.1 -o json:no/such/folder.json
  expect_status 74
  holds "$errors" "no/such/folder.json"
  if [ -e /dev/full ]; then
    status=0
    "$ASSAY" eval "$ACME" "${HONEST[@]}" -c HOST.1 -o json >/dev/full 2>.err || status=$?
    expect_status 74
  fi
}

@test "same bundle, same bytes: jobs, time zone, locale, folder, colour" {
  cp -r "$ACME" acme
  for i in $(seq 1 9000); do echo "p$i,P $i,employee,2020-01-01"; done >>acme/people.csv
  assay eval acme "${HONEST[@]}" -c HOST.1 -c HOST.4 -c HOST.5 -o json:a.json --fail-on never --jobs 1
  expect_status 2
  assay eval acme "${HONEST[@]}" -c HOST.1 -c HOST.4 -c HOST.5 -o json:b.json --fail-on never --jobs 4
  TZ=Pacific/Kiritimati LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 HOME=/nowhere assay eval acme "${HONEST[@]}" -c HOST.1 -c HOST.4 -c HOST.5 -o json:c.json --fail-on never
  mkdir elsewhere && mv acme elsewhere/moved
  (cd elsewhere/moved && "$ASSAY" eval . "${HONEST[@]}" -c HOST.1 -c HOST.4 -c HOST.5 -o json:../../d.json --fail-on never 2>/dev/null) || true
  cmp a.json b.json && cmp a.json c.json && cmp a.json d.json
  lacks "$(cat a.json)" "$HERE"
}

@test "the digest covers what is in the result" {
  assay eval "$ACME" "${HONEST[@]}" -c HOST.1 -o json:a.json
  assay eval "$ACME" "${HONEST[@]}" -c HOST.1 -o json:b.json --at 2026-07-01
  [ "$(jq -r .run.digest a.json)" != "$(jq -r .run.digest b.json)" ]
  assay eval "$ACME" "${HONEST[@]}" -c HOST.1 -o json:c.json --at nonsense
  expect_status 65
}

@test "no finding shows a control byte of the evidence" {
  cp -r "$ACME" acme && printf 'id,name,kind,start_date\nbob,"B\033[31mob\303\202\302\233",employee,2020-01-01\n' >acme/people.csv
  assay eval acme "${HONEST[@]}" -c HOST.5
  if grep -q "$(printf '\033')" .out .err; then return 1; fi
}
