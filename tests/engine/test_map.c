/* Mapping: paths, templates, parents, documents in texts, words, constants; what a map leaves alone, and what is wrong in it. */
#include "model_help.h"

#include "model/map.h"

/* ---- how paths are written ---- */

static const char *show_path(fixture *f, const char *text) {
  as_path path;
  const char *why;
  size_t where;
  f->out.len = 0;
  if (!as_path_parse(f->arena, as_str_of(text), &path, &why, &where)) {
    as_buf_printf(&f->out, "%zu: %s", where, why);
    return f->out.data;
  }
  as_buf_add(&f->out, "", 0);
  for (uint32_t i = 0; i < path.up; i++) as_buf_adds(&f->out, "^");
  for (uint32_t i = 0; i < path.n; i++) {
    const as_step *step = &path.steps[i];
    const char *optional = step->optional ? "?" : "";
    switch (step->kind) {
      case AS_STEP_KEY:
        as_buf_printf(&f->out, "<%s%s>", step->key.p, optional);
        break;
      case AS_STEP_EACH:
        as_buf_adds(&f->out, "*");
        break;
      case AS_STEP_INDEX:
        as_buf_printf(&f->out, "#%u", step->index);
        break;
      case AS_STEP_JSON:
        as_buf_adds(&f->out, "|j");
        break;
      case AS_STEP_CSV:
        as_buf_adds(&f->out, "|c");
        break;
    }
  }
  return f->out.data;
}

static void test_paths(void **state) {
  fixture *f = *state;
  static const char *const cases[][2] = {
      {"a", "<a>"},
      {"a.b.c", "<a><b><c>"},
      {"Results[].Vulnerabilities[]", "<Results>*<Vulnerabilities>*"},
      {"tags[0]", "<tags>#0"},
      {"a[2][].b", "<a>#2*<b>"},
      {"../Target", "^<Target>"},
      {"../../Metadata.OS.Family", "^^<Metadata><OS><Family>"},
      {"..", "^"},
      {".", ""},
      {"[]", "*"},
      {"[].a", "*<a>"},
      {"interactions[].response.body|json[]", "<interactions>*<response><body>|j*"},
      {"body|json.id", "<body>|j<id>"},
      {"body|csv[0].name", "<body>|c#0<name>"},
      {"Host Name (FQDN)", "<Host Name (FQDN)>"},
      {"aws:arn/x", "<aws:arn/x>"},
      {"labels.\"app.kubernetes.io/name\"", "<labels><app.kubernetes.io/name>"},
      {"Results?[].x", "<Results?>*<x>"},
      {"\"a\"?", "<a?>"},
      {"", "0: the path is empty"},
      {"a..b", "2: a name is missing"},
      {"a.", "2: a name is missing at the end"},
      {".a", "0: a name is missing"},
      {"a[", "1: write [] for every item, or a number such as [0]"},
      {"a[x]", "1: write [] for every item, or a number such as [0]"},
      {"a[-1]", "1: write [] for every item, or a number such as [0]"},
      {"a[0]b", "4: a name is followed by . [ or |"},
      {"a|xml", "1: behind | stands json or csv"},
      {"a|", "1: behind | stands json or csv"},
      {"..a", "2: behind `..` stands /"},
      {"\"a", "0: the quotation mark is not closed"},
      {"a.[0]", "2: a name is missing"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(show_path(f, cases[i][0]), cases[i][1]);
}

/* ---- one entry and one document ---- */

static void expect(fixture *f, const char *entry, const char *path, const char *text, const char *kind, const char *expected_records,
                   const char *expected_problems) {
  as_buf manifest = {0};
  as_buf_printf(&manifest, "as_of: 2026-06-30\ndefaults: {collected_at: 2026-06-29T22:10:00Z}\ndocuments:\n  - path: %s\n    kind: %s\n%s", path, kind, entry);
  again(f);
  write_bytes(f, "bundle.yaml", manifest.data, manifest.len);
  write_text(f, path, text);
  as_buf_free(&manifest);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), expected_problems);
  assert_string_equal(records(f, kind), expected_records);
  char whole[300];
  path_in(f, path, whole);
  remove(whole);
}

static void test_columns(void **state) {
  fixture *f = *state;
  /* A field that `map` does not name keeps its own name; other columns are nobody's business. */
  expect(f, "    map: {system: app, mfa: mfa_enrolled}\n    set: {status: Active}\n", "e/users.csv", "id,app,mfa_enrolled,mfa,whatever\na1,okta,yes,no,1\n",
         "accounts", "id=a1 system=okta status=active mfa=true", "");
  /* One column may serve two fields. */
  expect(f, "    map: {id: login, system: login}\n    set: {status: active}\n", "e/users.csv", "login\nann\n", "accounts", "id=ann system=ann status=active", "");
  /* Names of columns are not taken apart in a CSV. */
  expect(f, "    map: {id: user.name, system: \"App [main]\"}\n    set: {status: active}\n", "e/users.csv", "user.name,App [main]\nann,okta\n", "accounts",
         "id=ann system=okta status=active", "");
  /* A column that may be missing is read where it is there; a name may end in the same sign. */
  expect(f, "    map: {id: \"login?\", system: \"App?\", mfa: \"Mfa on?\", quota: \"a.b?\", seen_at: \"gone?\"}\n    set: {status: active}\n", "e/users.csv",
         "login,App,Mfa on?,a.b\nann,okta,yes,3\n", "accounts", "id=ann system=okta status=active mfa=true quota=3", "");
  expect(f, "    map: {id: \"login?\", system: \"{App?} x\", mfa: \"Mfa on?\", quota: \"a.b?\", seen_at: \"gone?\"}\n    set: {status: active}\n", "e/users.csv",
         "login,App,Mfa on?,a.b\nann,okta,yes,3\n", "accounts", "id=ann system=okta x status=active mfa=true quota=3", "");
  expect(f, "    map: {id: \"login?\", system: \"App?\", mfa: \"Mfa on?\", quota: \"a.b?\"}\n    set: {status: active}\n", "e/users.json",
         "[{\"login\": \"ann\", \"App\": \"okta\", \"Mfa on?\": true, \"a.b\": 3}]", "accounts", "id=ann system=okta status=active mfa=true quota=3", "");
  /* What is mapped to nothing is not read. */
  expect(f, "    map: {quota: ~}\n    set: {status: active}\n", "e/users.csv", "id,quota,status\na1,lots,whatever\n", "accounts", "id=a1 status=active", "");
  expect(f, "    map: {id: Login, mfa: Mfa, quota: Quota, seen_at: Seen}\n    set: {status: active}\n", "e/users.json",
         "[{\"Login\": \"ann\", \"Mfa\": \"true\", \"Quota\": \"2.5\", \"Seen\": \"2026-01-01\", \"x\": {\"y\": [1]}}]", "accounts",
         "id=ann status=active mfa=true quota=2.5 seen_at=2026-01-01T00:00:00Z", "");
}

static void test_paths_into_records(void **state) {
  fixture *f = *state;
  expect(f, "    map: {id: profile.login, system: \"apps[1].name\", asset_ids: \"apps[].id\", quota: x.y}\n    set: {status: active}\n", "e/users.json",
         "[{\"profile\": {\"login\": \"ann\"}, \"apps\": [{\"name\": \"a\", \"id\": \"1\"}, {\"name\": \"b\", \"id\": \"2\"}], \"x.y\": 4, \"mfa\": true}]", "accounts",
         "id=ann system=b status=active mfa=true quota=4 asset_ids=[?>1,?>2]", "N0322@");
  expect(f, "    map: {id: profile.login}\n    set: {status: active}\n", "e/users.ndjson",
         "{\"profile\": {\"login\": \"ann\"}}\n{\"profile\": null}\n{\"profile\": {\"login\": \"bob\"}}\n", "accounts", "id=ann status=active | id=bob status=active",
         "E0304@e/users.ndjson:2:1");
  expect(f, "    map: {id: p.login}\n    set: {status: active}\n", "e/users.yaml", "- p: {login: ann}\n- p:\n    login: bob\n", "accounts",
         "id=ann status=active | id=bob status=active", "");
  /* Several values where one belongs. */
  expect(f, "    map: {id: \"apps[].id\"}\n    set: {status: active}\n", "e/users.json", "[{\"apps\": [{\"id\": \"1\"}, {\"id\": \"2\"}]}, {\"apps\": [{\"id\": \"3\"}]}]",
         "accounts", "id=3 status=active", "E0301@e/users.json:1:19");
}

static const char trivy[] =
    "{\"SchemaVersion\": 2, \"Results\": [\n"
    " {\"Target\": \"img\", \"Class\": \"os\", \"Vulnerabilities\": [\n"
    "   {\"VulnerabilityID\": \"CVE-1\", \"PkgName\": \"bash\", \"Severity\": \"UNKNOWN\", \"status\": \"fixed\"},\n"
    "   {\"VulnerabilityID\": \"CVE-2\", \"Severity\": \"Low\"}]},\n"
    " {\"Vulnerabilities\": [{\"VulnerabilityID\": \"CVE-3\", \"PkgName\": \"sh\", \"Severity\": \"HIGH\"}], \"Target\": \"late\"},\n"
    " {\"Target\": \"clean\"}, {\"Target\": \"null\", \"Vulnerabilities\": null}\n"
    "], \"ArtifactName\": \"app\"}\n";

static void test_at_and_parents(void **state) {
  fixture *f = *state;
  expect(f,
         "    at: Results[].Vulnerabilities[]\n    map:\n      id: \"{VulnerabilityID} {../Target} {PkgName}\"\n      system: ../Target\n      levels: Severity\n"
         "    words: {levels: {UNKNOWN: low}}\n    set: {seen_at: \"{collected_at}\", status: active}\n",
         "e/trivy.json", trivy, "accounts",
         "id=CVE-1 img bash system=img status=active seen_at=2026-06-29T22:10:00Z levels=[low] | "
         "id=CVE-2 img system=img status=active seen_at=2026-06-29T22:10:00Z levels=[low] | "
         "id=CVE-3 late sh system=late status=active seen_at=2026-06-29T22:10:00Z levels=[high]",
         "");
  const as_record *third = as_model_at(f->bundle.model, kind_of(f, "accounts"), 2);
  assert_int_equal(as_record_line(third), 5);
  /* Up to the root, whose keys stand behind the records. */
  expect(f, "    at: Results[].Vulnerabilities[]\n    map: {id: VulnerabilityID, system: ../../ArtifactName}\n    set: {status: active}\n", "e/trivy.json", trivy, "accounts",
         "id=CVE-1 system=app status=active | id=CVE-2 system=app status=active | id=CVE-3 system=app status=active", "");
  /* With `at`, only what is mapped is read: `status` of the export is not the kind's. */
  expect(f, "    at: Results[].Vulnerabilities[]\n    map: {id: VulnerabilityID}\n    defaults: {status: disabled}\n", "e/trivy.json", trivy, "accounts",
         "id=CVE-1 status=disabled | id=CVE-2 status=disabled | id=CVE-3 status=disabled", "");
  /* An index, and a map whose values are the records. */
  expect(f, "    at: Results[1].Vulnerabilities[0]\n    map: {id: VulnerabilityID}\n    set: {status: active}\n", "e/trivy.json", trivy, "accounts", "id=CVE-3 status=active", "");
  expect(f, "    at: users[]\n    map: {id: n, system: ../../host}\n    set: {status: active}\n", "e/users.yaml", "host: h\nusers:\n  x: {n: 1}\n  y: {n: 2}\n", "accounts",
         "id=1 system=h status=active | id=2 system=h status=active", "");
  expect(f, "    at: users[]\n    map: {id: n}\n    set: {status: active}\n", "e/users.yaml", "users:\n  x: {n: 1}\n  y: {n: 2}\n", "accounts",
         "id=1 status=active | id=2 status=active", "");
  expect(f, "    at: \"[]\"\n    map: {id: n.m, asset_ids: \"tags[]\"}\n    set: {status: active}\n", "e/users.yaml", "x: {n: {m: 1, q: 3}, tags: {a: r, b: s}}\n", "accounts",
         "id=1 status=active asset_ids=[?>r,?>s]", "N0322@");
  expect(f, "    at: names[]\n    map: {id: .}\n    set: {status: active}\n", "e/users.yaml", "names: [ann, bob]\n", "accounts", "id=ann status=active | id=bob status=active", "");
}

static void test_at_that_leads_nowhere(void **state) {
  fixture *f = *state;
  const char *map = "    map: {id: VulnerabilityID}\n    set: {status: active}\n";
  char entry[200];
  snprintf(entry, sizeof entry, "    at: Result[].Vulnerabilities[]\n%s", map);
  expect(f, entry, "e/trivy.json", trivy, "accounts", "", "E0315@e/trivy.json:1:1");
  assert_shows(f, 0, "did you mean `Results`?");
  assert_false(supplied(f, "accounts"));
  assert_true(f->bundle.incomplete);
  snprintf(entry, sizeof entry, "    at: Results[].Vulnerabilties[]\n%s", map);
  expect(f, entry, "e/trivy.json", trivy, "accounts", "", "E0315@e/trivy.json:2:2");
  assert_shows(f, 0, "did you mean `Vulnerabilities`?");
  assert_false(supplied(f, "accounts"));
  snprintf(entry, sizeof entry, "    at: Results[].Vulnerabilties[]\n    map: {id: VulnerabilityID, system: ../Target}\n    set: {status: active}\n");
  expect(f, entry, "e/trivy.json", trivy, "accounts", "", "E0315@e/trivy.json");
  assert_false(supplied(f, "accounts"));
  snprintf(entry, sizeof entry, "    at: Nothing?[].Vulnerabilities[]\n%s", map); /* may be missing */
  expect(f, entry, "e/trivy.json", trivy, "accounts", "", "");
  assert_true(supplied(f, "accounts"));
  snprintf(entry, sizeof entry, "    at: Results[].Vulnerabilities[]\n%s", map); /* nothing was found */
  expect(f, entry, "e/trivy.json", "{\"Results\": [{\"Target\": \"x\"}]}", "accounts", "", "");
  assert_true(supplied(f, "accounts"));
  expect(f, entry, "e/trivy.json", "{\"Results\": null}", "accounts", "", "");
  assert_true(supplied(f, "accounts"));
  expect(f, entry, "e/trivy.json", "{\"Results\": \"none\"}", "accounts", "", "E0315@e/trivy.json:1:13");
  assert_false(supplied(f, "accounts"));
  expect(f, entry, "e/trivy.json", "[1]", "accounts", "", "E0315@e/trivy.json:1:1");
}

static void test_documents_in_texts(void **state) {
  fixture *f = *state;
  const char *tape =
      "interactions:\n  - request: {url: /a}\n    response:\n      body: '[{\"login\": \"ann\", \"two\": \"{\\\"x\\\": 1}\"}, {\"login\": \"bob\"}]'\n"
      "  - request: {url: /b}\n    response: {body: '[]'}\n  - request: {url: /c}\n    response: {body: ''}\n";
  expect(f, "    at: interactions[].response.body|json[]\n    map: {id: login, quota: two|json.x, system: ../../request.url}\n    set: {status: active}\n", "e/tape.yaml", tape,
         "accounts", "id=ann system=/a status=active quota=1 | id=bob system=/a status=active", "");
  assert_int_equal(as_record_line(as_model_at(f->bundle.model, kind_of(f, "accounts"), 0)), 4);
  expect(f, "    at: body|csv[]\n    map: {id: Login, system: App}\n    set: {status: active}\n", "e/c.json", "{\"body\": \"Login;App\\nann;x\\nbob;y\\n\"}", "accounts",
         "id=ann system=x status=active | id=bob system=y status=active", "");
  expect(f, "    map: {id: body|json.id}\n    set: {status: active}\n", "e/c.csv", "n,body\n1,\"{\"\"id\"\": \"\"a1\"\"}\"\n2,\"{oops\"\n", "accounts", "id=a1 status=active",
         "E0304@e/c.csv:3:1 E0317@e/c.csv:3:3");
  expect(f, "    at: interactions[].response.body|json[]\n    map: {id: login}\n    set: {status: active}\n", "e/tape.yaml",
         "interactions:\n  - response: {body: '[{\"login\": \"ann\"}]'}\n  - response: {body: '[{'}\n  - response: {body: '[{\"login\": \"bob\"}]'}\n", "accounts",
         "id=ann status=active | id=bob status=active", "E0317@e/tape.yaml:3:22");
  assert_false(supplied(f, "accounts")); /* what was in the middle is not known */
}

static void test_words(void **state) {
  fixture *f = *state;
  expect(f, "    words: {status: {STAGED: disabled, \"Locked Out\": disabled, none: ~}, mfa: {enrolled: true, no_factor: false}, levels: {p1: high}}\n", "e/users.csv",
         "id,status,mfa,levels\na1,Staged,ENROLLED,p1;low\na2,locked_out,no-factor,\na3,active,yes,P1\na4,none,,\n", "accounts",
         "id=a1 status=disabled mfa=true levels=[high,low] | id=a2 status=disabled mfa=false | id=a3 status=active mfa=true levels=[high]",
         "E0303@e/users.csv:5:1");
  expect(f, "    words: {levels: {p1: high, p9: ~}}\n    map: {levels: a.l, id: id, status: status}\n", "e/users.json",
         "[{\"id\": \"a1\", \"status\": \"active\", \"a\": {\"l\": [\"P1\", \"p9\", \"low\"]}}]", "accounts", "id=a1 status=active levels=[high,low]", "");
}

static void test_an_empty_row_is_one_mistake(void **state) {
  fixture *f = *state;
  expect(f, "    map: {id: id, status: status}\n", "e/users.csv", "id,status\na1,active\n,\n", "accounts", "id=a1 status=active", "E0304@e/users.csv:3:1");
  assert_shows(f, 0, "the key `id` and the required field `status` are missing");
}

static void test_constants(void **state) {
  fixture *f = *state;
  expect(f, "    source: okta\n    set: {system: \"{source} of {document}\", levels: [low, high], quota: 3, status: active}\n    defaults: {mfa: false}\n", "e/users.csv",
         "id,mfa,system,status\na1,yes,x,whatever\na2,,y,\n", "accounts",
         "id=a1 system=okta of e/users.csv status=active mfa=true quota=3 levels=[low,high] | id=a2 system=okta of e/users.csv status=active mfa=false quota=3 levels=[low,high]", "");
  expect(f, "    set: {start_date: \"{collected_at}\"}\n", "e/p.csv", "id\np1\n", "people", "id=p1 start_date=2026-06-29", ""); /* the day of the moment */
}

static void test_never_found(void **state) {
  fixture *f = *state;
  expect(f, "    map: {system: Sytem, mfa: q}\n    set: {status: active}\n", "e/users.csv", "id,System\na1,okta\n", "accounts", "id=a1 status=active",
         "W0314@e/users.csv W0314@e/users.csv");
  assert_shows(f, 0, "no record has \"Sytem\", which `map` reads as `system`");
  assert_shows(f, 0, "did you mean `System`?");
  expect(f, "    at: u[]\n    map: {id: n, system: profile.x?, quota: y?}\n    set: {status: active}\n", "e/users.json", "{\"u\": [{\"n\": \"a\"}]}", "accounts",
         "id=a status=active", "");
  expect(f, "    map: {id: n, quota: y?}\n    set: {status: active}\n", "e/users.json", "[{\"n\": \"a\"}]", "accounts", "id=a status=active", "");
  expect(f, "    at: u[]\n    map: {id: n, system: profile.Sytem}\n    set: {status: active}\n", "e/users.json", "{\"u\": [{\"n\": \"a\", \"profile\": {\"System\": 1}}]}", "accounts",
         "id=a status=active", "W0314@e/users.json");
  assert_shows(f, 0, "did you mean `System`?");
}

/* ---- what is wrong in an entry ---- */

static void expect_wrong(fixture *f, const char *entry, const char *expected, const char *part) {
  as_buf manifest = {0};
  as_buf_printf(&manifest, "as_of: 2026-06-30\ndocuments:\n  - path: e/*.json\n    kind: accounts\n%s", entry);
  again(f);
  write_bytes(f, "bundle.yaml", manifest.data, manifest.len);
  as_buf_free(&manifest);
  write_text(f, "e/a.json", "[]");
  write_text(f, "e/b.json", "[]"); /* told once, not for every file */
  assert_int_equal(read_bundle(f), AS_BUNDLE_INVALID);
  assert_string_equal(problems(f), expected);
  assert_shows(f, 0, part);
}

static void test_wrong_entries(void **state) {
  fixture *f = *state;
  expect_wrong(f, "    map: {statsu: x}\n", "E0213@bundle.yaml:5:11", "did you mean `status`?");
  expect_wrong(f, "    set: {statsu: x}\n", "E0213@bundle.yaml:5:11", "did you mean `status`?");
  expect_wrong(f, "    words: {statsu: {a: b}}\n", "E0213@bundle.yaml:5:13", "did you mean `status`?");
  expect_wrong(f, "    defaults: {person: x}\n", "E0213@bundle.yaml:5:16", "did you mean `person_id`?");
  expect_wrong(f, "    map: {status: \"a[x\"}\n", "E0214@bundle.yaml:5:21", "write [] for every item");
  expect_wrong(f, "    map: {status: [a]}\n", "E0214@bundle.yaml:5:19", "path of a column");
  expect_wrong(f, "    map: {status: \"{a\"}\n", "E0214@bundle.yaml:5:20", "{ without }");
  expect_wrong(f, "    map: {status: \"a}\"}\n", "E0214@bundle.yaml:5:21", "} without {");
  expect_wrong(f, "    map: {status: \"{a..b}\"}\n", "E0214@bundle.yaml:5:23", "a name is missing");
  expect_wrong(f, "    map: {status: ../x}\n", "E0214@bundle.yaml:5:19", "`at` tells where records sit");
  expect_wrong(f, "    at: a[]\n    map: {status: ../../../x}\n", "E0214@bundle.yaml:6:19", "above the root");
  expect_wrong(f, "    at: \"a[x]\"\n", "E0214@bundle.yaml:5:11", "write [] for every item");
  expect_wrong(f, "    at: ../a\n", "E0214@bundle.yaml:5:9", "begins at the root");
  expect_wrong(f, "    map: {status: a}\n    set: {status: active}\n", "E0216@bundle.yaml:5:11", "in `map` and in `set`");
  expect_wrong(f, "    set: {status: actve}\n", "E0215@bundle.yaml:5:19", "did you mean `active`?");
  expect_wrong(f, "    set: {seen_at: \"{colected_at}\"}\n", "E0214@bundle.yaml:5:20", "did you mean {collected_at}?");
  expect_wrong(f, "    set: {seen_at: \"{collected_at}\"}\n", "E0215@bundle.yaml:5:20", "has none");
  expect_wrong(f, "    set: {quota: many}\n", "E0215@bundle.yaml:5:18", "is no number");
  expect_wrong(f, "    words: {status: {on: actve}}\n", "E0215@bundle.yaml:5:26", "did you mean `active`?");
  expect_wrong(f, "    words: {status: {\"on\": active, ON: disabled}}\n", "E0216@bundle.yaml:5:36", "given twice");
  expect_wrong(f, "    words: {status: on}\n", "E0204@bundle.yaml:5:21", "must be a map");
  again(f);
  write_text(f, "bundle.yaml", "as_of: 2026-06-30\ndocuments:\n  - path: x.csv\n    kind: accounts\n    at: a[]\n");
  write_text(f, "x.csv", "id\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_INVALID);
  assert_string_equal(problems(f), "N0223@ E0214@bundle.yaml:5:9");
}

/* A pattern without a kind: the kind of each file is its stem's, and the map is held against that. */
static void test_pattern_of_several_kinds(void **state) {
  fixture *f = *state;
  write_text(f, "bundle.yaml", "as_of: 2026-06-30\ndocuments:\n  - path: e/*.csv\n    map: {id: Key}\n");
  write_text(f, "e/people.csv", "Key\np1\n");
  write_text(f, "e/assets.csv", "Key\nx\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "");
  assert_string_equal(records(f, "people"), "id=p1");
  assert_string_equal(records(f, "assets"), "id=x");
}

/* ---- real exports ---- */

static as_kinds *shipped_kinds(fixture *f) {
  as_paths paths;
  if (!as_file_walk("stdlib/kinds", 100, &paths, NULL)) return NULL;
  as_kinds *kinds = as_kinds_new(f->arena, f->intern);
  for (size_t i = 0; i < paths.count; i++) {
    char path[300];
    as_buf text;
    const char *why;
    snprintf(path, sizeof path, "stdlib/kinds/%s", paths.paths[i]);
    assert_true(as_file_read(AT_FDCWD, path, 1 << 24, &text, &why));
    as_kinds_add(kinds, &text, path, f->diags);
    as_buf_free(&text);
  }
  as_paths_free(&paths);
  assert_true(as_kinds_settle(kinds, f->diags));
  return kinds;
}

static bool take_sample(fixture *f, const char *sample, const char *name) {
  const char *shared = getenv("ASSAY_SHARED"), *why;
  char path[500];
  as_buf text;
  snprintf(path, sizeof path, "%s/evidence-samples/%s", shared ? shared : "../shared", sample);
  if (!as_file_read(AT_FDCWD, path, 1 << 24, &text, &why)) return false;
  write_bytes(f, name, text.data, text.len);
  as_buf_free(&text);
  return true;
}

static void test_samples(void **state) {
  fixture *f = *state;
  if (!take_sample(f, "okta/okta.yaml", "okta.yaml") || !take_sample(f, "aws-iam/iam-get-credential-report.json", "iam.json") ||
      !take_sample(f, "trivy/ubuntu-1804.json", "trivy.json"))
    skip();
  write_text(f, "bundle.yaml",
             "as_of: 2026-06-30\ndefaults: {collected_at: 2026-06-29T10:00:00Z}\ndocuments:\n"
             "  - path: okta.yaml\n    kind: accounts\n    at: interactions[].response.body|json[]\n"
             "    map: {id: id, username: profile.login, status: status, created_at: created, last_login_at: lastLogin}\n"
             "    words: {status: {STAGED: disabled, SUSPENDED: locked, DEPROVISIONED: deleted}}\n    set: {system: okta, kind: human, privileged: false}\n"
             "  - path: iam.json\n    kind: accounts\n    at: Content|csv[]\n"
             "    map: {id: arn, username: user, created_at: user_creation_time, mfa: mfa_active, last_login_at: password_last_used}\n"
             "    words: {last_login_at: {N/A: ~, no_information: ~, not_supported: ~}}\n    set: {system: aws, kind: human, privileged: false, status: active}\n"
             "  - path: trivy.json\n    kind: vulnerabilities\n    at: Results[].Vulnerabilities[]\n"
             "    map:\n      id: \"{VulnerabilityID} {../Target} {PkgName}\"\n      identifier: VulnerabilityID\n      resource: ../Target\n      severity: Severity\n"
             "    words: {severity: {UNKNOWN: low}}\n    set: {first_seen_at: \"{collected_at}\", tool: trivy, status: open}\n");
  as_kinds *own = f->kinds;
  f->kinds = shipped_kinds(f);
  assert_non_null(f->kinds);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "");
  const as_model *model = f->bundle.model;
  assert_int_equal(as_model_document(model, 0)->records, 4);
  assert_int_equal(as_model_document(model, 1)->records, 3);
  assert_int_equal(as_model_document(model, 2)->records, 5);
  f->out.len = 0;
  show_record(as_model_at(model, kind_of(f, "accounts"), 1), &f->out);
  assert_string_equal(f->out.data, "id=00u2bbbbbbbbbbbbb1h7 system=okta username=bob@example.com kind=human privileged=false status=locked created_at=2024-02-20T11:00:00Z");
  const as_record *weakness = as_model_find(model, kind_of(f, "vulnerabilities"), AS_STR("CVE-2019-18276 testdata/fixtures/images/ubuntu-1804.tar.gz (ubuntu 18.04) bash"));
  assert_non_null(weakness);
  assert_int_equal(as_record_line(weakness), 106);
  as_kinds_free(f->kinds);
  f->kinds = own;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_paths),  TEST(test_columns),   TEST(test_paths_into_records), TEST(test_at_and_parents), TEST(test_at_that_leads_nowhere), TEST(test_documents_in_texts),
      TEST(test_an_empty_row_is_one_mistake), TEST(test_words),  TEST(test_constants), TEST(test_never_found),        TEST(test_wrong_entries),  TEST(test_pattern_of_several_kinds), TEST(test_samples),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
