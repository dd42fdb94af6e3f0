/* Bundles: folders, single files and streams; the manifest and every way to write it wrong; arrangements of records;
 * files that cannot be read; and the moment that is judged. */
#include "model_help.h"

#define HEAD "as_of: 2026-06-30\n"

/* ---- without a manifest ---- */

static void test_folder_by_stems(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  write_text(f, "evidence/accounts.csv", "id,status,mfa,asset_ids\na1,Active,yes,x;y\na2,disabled,,\n");
  write_text(f, "registers/People.yaml", "- id: p1\n  name: Ann\n");
  write_text(f, "assets.ndjson", "{\"id\":\"x\"}\n\n{\"id\":\"y\",\"tries\":2}\n");
  write_text(f, "reads.okta.json", "[{\"person_id\": \"p1\", \"read_at\": \"2026-01-01\"}]");
  write_text(f, "notes.txt", "hello");
  write_text(f, "other.yaml", "- x: 1\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "N0223@");
  assert_shows(f, 0, "not read: notes.txt, other.yaml");
  assert_string_equal(records(f, "accounts"), "id=a1 status=active mfa=true asset_ids=[->x,->y] | id=a2 status=disabled");
  assert_string_equal(records(f, "people"), "id=p1 name=Ann");
  assert_string_equal(records(f, "assets"), "id=x | id=y tries=2");
  assert_string_equal(records(f, "reads"), "person_id=->p1 read_at=2026-01-01");
  assert_false(f->bundle.incomplete);
  assert_string_equal(f->bundle.name, strrchr(f->folder, '/') + 1);
  const as_record *second = as_model_at(f->bundle.model, kind_of(f, "assets"), 1);
  assert_int_equal(as_record_line(second), 3);
  assert_string_equal(as_record_document(second)->path, "assets.ndjson");
  assert_int_equal(strlen(as_record_document(second)->sha256), 64);
}

static void test_arrangements(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  write_text(f, "people.yaml", "p1: {name: Ann}\np2:\n  id: p2\n  name: Bob\n");
  write_text(f, "things.json", "{\"records\": [{\"id\": \"a1\", \"status\": \"active\"}], \"source\": \"okta\", \"kind\": \"accounts\", \"collected_at\": \"2026-06-01\"}");
  write_text(f, "more.json", "{\"kind\": \"assets\", \"records\": [], \"period\": {\"from\": \"2026-01-01\", \"to\": \"2026-02-01\"}, \"collected_at\": \"2026-06-01\"}");
  write_text(f, "assets.yaml", "source: cmdb\nperiod: {from: 2026-01-01, to: 2026-02-01}\nrecords:\n  x: {tries: 1}\n  y: {}\n");
  write_text(f, "organization.yaml", "id: acme\nname: Acme\nheadcount: 3\n");
  write_text(f, "reads.yaml", "[]\n");
  write_text(f, "bundle.yaml", "documents: [{path: things.json}, {path: more.json}, {path: \"*.yaml\"}]\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "");
  assert_string_equal(records(f, "people"), "id=p1 name=Ann | id=p2 name=Bob");
  assert_string_equal(records(f, "accounts"), "id=a1 status=active");
  assert_string_equal(records(f, "assets"), "id=x tries=1 | id=y");
  assert_string_equal(records(f, "organization"), "id=acme name=Acme headcount=3");
  assert_true(supplied(f, "reads"));
  assert_string_equal(records(f, "reads"), "");
  const as_document *things = as_record_document(as_model_at(f->bundle.model, kind_of(f, "accounts"), 0));
  assert_string_equal(things->source, "okta");
  assert_true(things->has_collected_at);
  const as_document *assets = as_record_document(as_model_at(f->bundle.model, kind_of(f, "assets"), 0));
  assert_true(assets->has_period);
  const as_document *more = as_model_document(f->bundle.model, 1);
  assert_string_equal(more->path, "more.json"); /* what stands behind the records counts too */
  assert_true(more->has_period && more->has_collected_at);
}

static void test_several_documents_in_one_text(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  write_text(f, "people.yaml", "- id: p1\n---\n- id: p2\n---\nkind: assets\nrecords:\n  - id: x\n---\np3: {name: C}\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "");
  assert_string_equal(records(f, "people"), "id=p1 | id=p2 | id=p3 name=C");
  assert_string_equal(records(f, "assets"), "id=x");
}

static void test_wrong_arrangements(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  write_text(f, "accounts.yaml", "id: a1\nstatus: active\n"); /* one record without the dash */
  write_text(f, "assets.json", "\"text\"");
  write_text(f, "people.json", "[1, [2], {\"id\": \"p1\"}]");
  write_text(f, "reads.yaml", "p1: {read_at: 2026-01-01}\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f),
                      "E0323@accounts.yaml E0309@accounts.yaml:1:5 E0309@accounts.yaml:2:9 E0309@assets.json:1:1 "
                      "E0309@people.json:1:2 E0309@people.json:1:5 E0310@reads.yaml:1:1");
  assert_true(f->bundle.incomplete);
  assert_false(supplied(f, "accounts"));
  assert_false(supplied(f, "assets"));
  assert_false(supplied(f, "reads"));
  assert_true(supplied(f, "people"));
  assert_string_equal(records(f, "people"), "id=p1");
}

static void test_empty_documents(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  write_text(f, "people.yaml", "# nothing yet\n");
  write_text(f, "assets.ndjson", "");
  write_text(f, "accounts.csv", "id,status\n");
  write_text(f, "reads.json", "");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_true(supplied(f, "people"));
  assert_true(supplied(f, "assets"));
  assert_true(supplied(f, "accounts"));
  assert_false(supplied(f, "reads"));
  assert_non_null(strstr(problems(f), "W0313@people.yaml"));
}

static void test_unknown_fields(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  write_text(f, "accounts.csv", "id,status,sytem,x\na1,active,q,\na2,active,q,1\n");
  write_text(f, "people.yaml", "- id: p1\n  nmae: A\n- id: p2\n  nmae: B\n- id: p3\n  boss_id: p1\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "W0302@accounts.csv:1:11 W0302@accounts.csv:1:17 W0302@people.yaml:2:3 W0302@people.yaml:6:3");
  assert_shows(f, 0, "did you mean `system`?");
  assert_shows(f, 2, "has no field \"nmae\", which 2 records have");
  assert_shows(f, 2, "    2 |   nmae: A");
  assert_shows(f, 3, "did you mean `boss`?");
  assert_int_equal(as_diags_errors(f->diags), 0);
  again(f);
  f->strict = true;
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_int_equal(as_diags_errors(f->diags), 4);
}

static void test_key_in_the_map_and_in_the_record(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  write_text(f, "people.yaml", "p1: {id: p1}\np2: {id: p3}\np4: ~\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "E0319@people.yaml:2:10 E0309@people.yaml:3:5");
  assert_string_equal(records(f, "people"), "id=p1");
}

static void test_nothing_kept_is_not_supplied(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  write_text(f, "accounts.csv", "id,status\na1,on\na2,off\n");
  write_text(f, "a/people.yaml", "- id: p1\n");
  write_text(f, "b/people.yaml", "- id: p1\n"); /* the same again: said, but no reason to doubt the rest */
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "E0323@accounts.csv E0307@accounts.csv:2:4 E0307@accounts.csv:3:4 E0305@b/people.yaml:1:7");
  assert_false(supplied(f, "accounts"));
  assert_true(supplied(f, "people"));
}

static void test_encodings(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  write_text(f, "people.csv", "\xef\xbb\xbfid,name\r\np1,J\xc3\xbcrgen\r\n");
  static const char wide[] = "\xff\xfei\0d\0;\0s\0t\0a\0t\0u\0s\0\r\0\n\0a\0001\0;\0a\0c\0t\0i\0v\0e\0\r\0\n\0\xfc\0002\0;\0o\0n\0\r\0\n\0";
  write_bytes(f, "accounts.csv", wide, sizeof wide - 1);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(records(f, "people"), "id=p1 name=J\xc3\xbcrgen");
  assert_string_equal(records(f, "accounts"), "id=a1 status=active");
  assert_string_equal(problems(f), "E0307@accounts.csv:3:4");
  assert_shows(f, 0, "    3 | \xc3\xbc"
                     "2;on"); /* the line is shown in UTF-8 */
}

static void test_broken_texts(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  write_text(f, "people.json", "[{\"id\": \"p1\"}, {\"id\": ");
  write_text(f, "assets.ndjson", "{\"id\":\"x\"}\n{oops\n{\"id\":\"y\"}\n");
  write_text(f, "accounts.yaml", "- id: a1\n  status: [active\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_true(f->bundle.incomplete);
  assert_false(supplied(f, "people"));
  assert_false(supplied(f, "assets"));
  assert_false(supplied(f, "accounts"));
  assert_string_equal(records(f, "assets"), "id=x | id=y");
  assert_true(as_diags_errors(f->diags) >= 3);
  for (size_t i = 0; i < as_diags_count(f->diags); i++) assert_int_equal(strncmp(as_diags_at(f->diags, i)->code, "E01", 3), 0);
}

/* ---- the manifest ---- */

static void expect_manifest(fixture *f, const char *text, const char *expected, const char *part) {
  again(f);
  write_text(f, "bundle.yaml", text);
  write_text(f, "evidence/accounts.csv", "id,status\na1,active\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_INVALID);
  assert_string_equal(problems(f), expected);
  assert_shows(f, 0, part);
}

static void test_manifest_typos(void **state) {
  fixture *f = *state;
  static const struct {
    const char *wrong, *right;
  } root[] = {{"shema", "schema"}, {"organisation", "organization"}, {"asof", "as_of"}, {"priod", "period"}, {"default", "defaults"}, {"document", "documents"}},
    entry[] = {{"pth", "path"}, {"knd", "kind"}, {"att", "at"}, {"mpa", "map"}, {"word", "words"}, {"sett", "set"}, {"default", "defaults"},
               {"sorce", "source"}, {"colected_at", "collected_at"}, {"perod", "period"}, {"sha265", "sha256"}, {"fromat", "format"},
               {"delimeter", "delimiter"}, {"adaptor", "adapter"}};
  char text[300], part[60];
  for (size_t i = 0; i < sizeof root / sizeof *root; i++) {
    snprintf(text, sizeof text, "as_of: 2026-06-30\n%s: x\n", root[i].wrong);
    if (strcmp(root[i].right, "as_of") == 0) snprintf(text, sizeof text, "schema: assay.bundle/1\nasof: 2026-06-30\n");
    snprintf(part, sizeof part, "did you mean `%s`?", root[i].right);
    expect_manifest(f, text, "E0203@bundle.yaml:2:1", part);
  }
  for (size_t i = 0; i < sizeof entry / sizeof *entry; i++) {
    snprintf(text, sizeof text, "as_of: 2026-06-30\ndocuments:\n  - path: evidence/accounts.csv\n    %s: x\n", entry[i].wrong);
    snprintf(part, sizeof part, "did you mean `%s`?", entry[i].right);
    expect_manifest(f, text, "E0203@bundle.yaml:4:5", part);
  }
  expect_manifest(f, HEAD "defaults: {colected_at: 2026-01-01}\n", "E0203@bundle.yaml:2:12", "did you mean `collected_at`?");
  expect_manifest(f, HEAD "period: {from: 2026-01-01, till: 2026-01-02}\n", "E0204@bundle.yaml:2:9 E0203@bundle.yaml:2:28", "`to`");
  expect_manifest(f, HEAD "organization: {id: a, name: A, headcont: 3}\n", "E0203@bundle.yaml:2:32", "did you mean `headcount`?");
}

static void test_manifest_values(void **state) {
  fixture *f = *state;
  expect_manifest(f, "- a\n", "E0201@bundle.yaml:1:1", "must be a map");
  expect_manifest(f, HEAD "schema: assay.bundle/2\n", "E0202@bundle.yaml:2:9", "assay.bundle/1");
  expect_manifest(f, "as_of: soon\n", "E0204@bundle.yaml:1:8", "\"soon\" is no date or time");
  expect_manifest(f, "as_of: 2026-06-30T10:00:00\n", "E0204@bundle.yaml:1:8", "with a zone");
  expect_manifest(f, HEAD "period: 2026\n", "E0204@bundle.yaml:2:9", "`from` and `to`");
  expect_manifest(f, HEAD "period: {from: 2026-02-01, to: 2026-01-01}\n", "E0204@bundle.yaml:2:9", "ends before it begins");
  expect_manifest(f, HEAD "organization: acme\n", "E0204@bundle.yaml:2:15", "must be a map");
  expect_manifest(f, HEAD "documents: {path: a}\n", "E0204@bundle.yaml:2:12", "must be a list");
  expect_manifest(f, HEAD "documents: [{kind: accounts}]\n", "E0204@bundle.yaml:2:13", "no `path`");
  expect_manifest(f, HEAD "documents: [{path: \"\"}]\n", "E0204@bundle.yaml:2:20", "`path`");
  expect_manifest(f, HEAD "documents: [{path: ../x.csv}]\n", "E0207@bundle.yaml:2:20", "leads out of the bundle");
  expect_manifest(f, HEAD "documents: [{path: a/../../x.csv}]\n", "E0207@bundle.yaml:2:20", "leads out of the bundle");
  expect_manifest(f, HEAD "documents: [{path: /etc/passwd}]\n", "E0207@bundle.yaml:2:20", "leads out of the bundle");
  expect_manifest(f, HEAD "documents: [{path: x.csv, kind: acounts}]\n", "E0212@bundle.yaml:2:33", "did you mean `accounts`?");
  expect_manifest(f, HEAD "documents: [{path: x.csv, adapter: prowler}]\n", "E0211@bundle.yaml:2:36", "not supported yet");
  expect_manifest(f, HEAD "documents: [{path: x.csv, sha256: abc}]\n", "E0204@bundle.yaml:2:35", "64 hexadecimal digits");
  expect_manifest(f, HEAD "documents: [{path: x.csv, format: cvs}]\n", "E0218@bundle.yaml:2:35", "did you mean `csv`?");
  expect_manifest(f, HEAD "documents: [{path: x.csv, delimiter: x}]\n", "E0204@bundle.yaml:2:38", "no delimiter");
  expect_manifest(f, HEAD "documents: [{path: x.json, delimiter: ;}]\n", "E0204@bundle.yaml:2:39", "`delimiter` is for CSV");
  expect_manifest(f, HEAD "documents: [{path: x, delimiter: ;}]\n", "E0204@bundle.yaml:2:34", "`delimiter` is for CSV");
  expect_manifest(f, HEAD "documents: [{path: x.csv, map: [a]}]\n", "E0204@bundle.yaml:2:32", "must be a map");
  expect_manifest(f, HEAD "documents: [{path: x.csv, at: [a]}]\n", "E0204@bundle.yaml:2:31", "must be a text");
  expect_manifest(f, HEAD "documents: [{path: x.csv, collected_at: [a]}]\n", "E0204@bundle.yaml:2:41", "this is no date or time");
  expect_manifest(f, HEAD "documents: [{path: x.csv}, {path: ./x.csv}]\n", "E0216@bundle.yaml:2:35", "already listed");
  expect_manifest(f, HEAD "documents: [{path: evidence/*.csv, sha256: 0000000000000000000000000000000000000000000000000000000000000000}]\n",
                  "E0204@bundle.yaml:2:44", "one file only");
  again(f);
  write_text(f, "bundle.yaml", HEAD "documents: [\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_INVALID);
  assert_true(as_diags_errors(f->diags) > 0);
}

static void test_manifest_that_is_no_file(void **state) {
  fixture *f = *state;
  char path[300];
  path_in(f, "bundle.yaml", path);
  assert_int_equal(mkdir(path, 0755), 0);
  assert_int_equal(read_bundle(f), AS_BUNDLE_INVALID);
  assert_non_null(strstr(problems(f), "E0201@bundle.yaml"));
}

static void test_whole_manifest(void **state) {
  fixture *f = *state;
  write_text(f, "bundle.yaml",
             "schema: assay.bundle/1\norganization: {id: acme, name: Acme Ltd, headcount: 240}\nas_of: 2026-06-30\nperiod: {from: 2026-01-01, to: 2026-06-30}\n"
             "defaults: {collected_at: 2026-06-29, source: export}\ndocuments:\n  - path: z/*.yaml\n  - path: users.csv\n    kind: accounts\n    source: okta\n"
             "    collected_at: 2026-06-28T22:10:00Z\n    delimiter: ;\n  - assets.txt\n");
  write_text(f, "z/people.yaml", "- id: p1\n");
  write_text(f, "z/assets.yaml", "- id: x\n");
  write_text(f, "users.csv", "id;status\na,1;active\n");
  write_text(f, "assets.txt", "- id: y\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  /* What a name does not tell, the manifest must. */
  assert_string_equal(problems(f), "E0218@assets.txt");
  assert_string_equal(f->bundle.name, "acme");
  assert_string_equal(as_node_str(f->bundle.organization, "name", ""), "Acme Ltd");
  assert_non_null(f->bundle.period);
  assert_string_equal(records(f, "organization"), "id=acme name=Acme Ltd headcount=240");
  assert_string_equal(records(f, "accounts"), "id=a,1 status=active");
  assert_false(supplied(f, "assets"));
  const as_model *model = f->bundle.model;
  assert_string_equal(as_model_document(model, 0)->path, "bundle.yaml");
  assert_string_equal(as_model_document(model, 1)->path, "z/assets.yaml"); /* by the manifest, then by path */
  assert_string_equal(as_model_document(model, 2)->path, "z/people.yaml");
  assert_string_equal(as_model_document(model, 3)->path, "users.csv");
  assert_string_equal(as_model_document(model, 3)->source, "okta");
  assert_string_equal(as_model_document(model, 2)->source, "export");
}

static void test_organization_twice(void **state) {
  fixture *f = *state;
  write_text(f, "bundle.yaml", HEAD "organization: {id: a, name: A}\n");
  write_text(f, "organization.yaml", "id: b\nname: B\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "E0308@organization.yaml:1:1");
  assert_string_equal(records(f, "organization"), "id=a name=A");
  write_text(f, "bundle.yaml", HEAD "organization: {id: a, name: A, headcount: many}\n");
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "E0301@bundle.yaml:2:43");
  assert_shows(f, 0, "    2 | organization");
}

static void test_absent_files(void **state) {
  fixture *f = *state;
  char path[300];
  write_text(f, "bundle.yaml",
             HEAD "documents:\n  - path: evidence/acounts.csv\n    kind: accounts\n  - path: none/*.yaml\n    kind: people\n  - path: folder/assets.csv\n"
                  "  - path: reads.csv\n  - path: fifo.csv\n    kind: organization\n");
  write_text(f, "evidence/accounts.csv", "id,status\na1,active\n");
  path_in(f, "folder", path);
  mkdir(path, 0755);
  path_in(f, "folder/assets.csv", path);
  mkdir(path, 0755);
  path_in(f, "fifo.csv", path);
  mkfifo(path, 0644);
  path_in(f, "reads.csv", path);
  assert_int_equal(symlink("/etc/passwd", path), 0);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_true(f->bundle.incomplete);
  as_buf all = {0};
  for (size_t i = 0; i < as_diags_count(f->diags); i++) as_diag_format(as_diags_at(f->diags, i), false, &all);
  assert_non_null(strstr(all.data, "bundle.yaml:3:11: error[E0208]: `evidence/acounts.csv`: there is no such file"));
  assert_non_null(strstr(all.data, "did you mean `evidence/accounts.csv`?"));
  assert_non_null(strstr(all.data, "bundle.yaml:5:11: error[E0208]: `none/*.yaml`: no file matches"));
  assert_non_null(strstr(all.data, "bundle.yaml:7:11: error[E0208]: `folder/assets.csv`: this is a folder"));
  assert_non_null(strstr(all.data, "bundle.yaml:8:11: error[E0208]: `reads.csv`: this is a symbolic link"));
  assert_non_null(strstr(all.data, "bundle.yaml:9:11: error[E0208]: `fifo.csv`: this is no regular file"));
  as_buf_free(&all);
  const char *const kinds[] = {"accounts", "people", "assets", "reads", "organization"};
  for (size_t i = 0; i < 5; i++) assert_false(supplied(f, kinds[i])); /* though there is another readable file of accounts */
}

static void test_exact_path_beats_pattern(void **state) {
  fixture *f = *state;
  write_text(f, "bundle.yaml", HEAD "documents:\n  - path: \"**/*.csv\"\n    kind: accounts\n  - path: e/p.csv\n    kind: people\n  - path: e/p.csv\n    kind: assets\n");
  write_text(f, "e/a.csv", "id,status\na1,active\n");
  write_text(f, "e/p.csv", "id\np1\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "");
  assert_string_equal(records(f, "accounts"), "id=a1 status=active");
  assert_string_equal(records(f, "people"), "id=p1");
  assert_string_equal(records(f, "assets"), "id=p1");
}

static void test_sha256(void **state) {
  fixture *f = *state;
  write_text(f, "people.csv", "id\np1\n");
  write_text(f, "assets.csv", "id\nx\n");
  write_text(f, "bundle.yaml",
             HEAD "documents:\n  - path: people.csv\n    sha256: 0000000000000000000000000000000000000000000000000000000000000000\n"
                  "  - path: assets.csv\n    sha256: 84BF50B4AC2BE7B8B6A9E8B7F2E2E9B1A5A2A0A9A59F3E6D6F8B7C2C3A1F0E5D\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "E0210@assets.csv E0210@people.csv");
  assert_string_equal(records(f, "people"), "");
  assert_false(supplied(f, "people"));
  assert_true(f->bundle.incomplete);
  char text[400];
  snprintf(text, sizeof text, HEAD "documents:\n  - path: people.csv\n    sha256: %s\n", as_model_document(f->bundle.model, 0)->sha256);
  again(f);
  write_text(f, "bundle.yaml", text);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "N0223@"); /* assets.csv: what a manifest does not list is not read */
  assert_string_equal(records(f, "people"), "id=p1");
  assert_false(supplied(f, "assets"));
}

static void test_kind_contradictions(void **state) {
  fixture *f = *state;
  write_text(f, "bundle.yaml", HEAD "documents:\n  - path: x.yaml\n    kind: accounts\n  - path: y.yaml\n  - path: acounts.json\n  - path: z.yaml\n  - path: e/*\n");
  write_text(f, "x.yaml", "kind: people\nrecords: []\n");
  write_text(f, "y.yaml", "kind: peeple\nrecords: []\n");
  write_text(f, "z.yaml", "kind: assets\nrecords: []\nsorce: x\ncollected_at: soon\n");
  write_text(f, "acounts.json", "[]");
  write_text(f, "e/unknown.ndjson", "{\"id\": 1}\n{\"id\": 2}\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "E0217@acounts.json E0217@e/unknown.ndjson E0312@x.yaml:1:1 E0212@y.yaml:1:7 E0311@z.yaml:3:1 E0204@z.yaml:4:15");
  assert_shows(f, 0, "did you mean `accounts`?");
  assert_shows(f, 3, "did you mean `people`?");
  assert_false(supplied(f, "accounts"));
  assert_true(f->bundle.incomplete);
  again(f);
  write_text(f, "z.yaml", "kind: assets\nrecords: [{id: x}]\nsorce: x\n");
  read_bundle(f);
  assert_non_null(strstr(problems(f), "E0311@z.yaml:3:1"));
  assert_string_equal(records(f, "assets"), "id=x");
}

/* ---- the moment, and what sealing finds ---- */

static void test_as_of(void **state) {
  fixture *f = *state;
  write_text(f, "people.yaml", "- id: p1\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_INVALID);
  assert_string_equal(problems(f), "E0205@");
  assert_shows(f, 0, "--at");
  again(f);
  write_text(f, "people.yaml", "collected_at: 2026-05-01\nrecords: []\n");
  write_text(f, "assets.yaml", "collected_at: 2026-05-03T10:00:00Z\nrecords: []\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  as_time_format(f->bundle.as_of, (f->out.len = 0, &f->out));
  assert_string_equal(f->out.data, "2026-05-03T10:00:00Z");
  write_text(f, "bundle.yaml", "as_of: 2026-05-02\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "W0221@assets.yaml");
  again(f);
  f->at = "2026-04-01";
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "N0221@assets.yaml N0221@people.yaml");
  again(f);
  f->at = "tomorrow";
  assert_int_equal(read_bundle(f), AS_BUNDLE_INVALID);
  assert_string_equal(problems(f), "E0206@");
}

static void test_late_problems_have_places(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  write_text(f, "people.yaml", "- id: p1\n  name: p9\n  boss: p9\n- id: p2\n  left_at: 2026-07-01\n- {id: p3, boss: p8}\n");
  write_text(f, "accounts.csv", "id,status,person_id,seen_at\na1,active,p1,2026-07-02T00:00:00Z\na2,active,p-9,\n");
  write_text(f, "reads.json", "[{\"person_id\": \"p7\",\n \"read_at\": \"2026-12-24\"}]");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f),
                      "W0321@accounts.csv:2:14 W0320@accounts.csv:3:11 W0320@people.yaml:3:9 W0321@people.yaml:5:12 W0320@people.yaml:6:18 "
                      "W0320@reads.json:1:17 W0321@reads.json:2:14");
  assert_shows(f, 2, "    3 |   boss: p9\n");
  assert_int_equal(as_diags_errors(f->diags), 0);
  assert_int_equal(as_model_count(f->bundle.model, kind_of(f, "people")), 3);
  again(f);
  f->strict = true;
  read_bundle(f);
  assert_int_equal(as_diags_errors(f->diags), 7);
}

static void test_problems_are_bounded(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  as_buf text = {0};
  as_buf_adds(&text, "id,status\n");
  for (int i = 0; i < 5000; i++) as_buf_printf(&text, "a%d,on\n", i);
  write_bytes(f, "accounts.csv", text.data, text.len);
  as_buf_free(&text);
  write_text(f, "people.csv", "id,start_date\np1,x\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_int_equal(as_diags_count(f->diags), 1000 + 1 + 2);
  assert_shows(f, 0, "4001 further problems of this document are not listed");
  assert_int_equal(as_model_document(f->bundle.model, 0)->left_out, 5000);
}

static void test_deep_and_wide(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  as_buf text = {0};
  as_buf_adds(&text, "[{\"id\": \"p1\", \"skills\": ");
  for (int i = 0; i < 3000; i++) as_buf_addc(&text, '[');
  write_bytes(f, "people.json", text.data, text.len);
  text.len = 0;
  as_buf_adds(&text, "[");
  for (int i = 0; i < 9000; i++) as_buf_printf(&text, "%s{\"id\": \"x%d\", \"k%d\": {\"a\": [1, {\"b\": 2}]}}", i ? "," : "", i, i);
  as_buf_adds(&text, "]");
  write_bytes(f, "assets.json", text.data, text.len);
  as_buf_free(&text);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_false(supplied(f, "people"));
  assert_int_equal(as_model_count(f->bundle.model, kind_of(f, "assets")), 9000);
  assert_true(as_diags_count(f->diags) <= 1003);
}

/* ---- streams and single files ---- */

static as_bundle_status read_stdin(fixture *f, const char *text) {
  again(f);
  char path[300];
  write_text(f, "stream", text);
  path_in(f, "stream", path);
  int saved = dup(STDIN_FILENO), file = open(path, O_RDONLY);
  dup2(file, STDIN_FILENO);
  close(file);
  as_bundle_status status = read_path(f, "-");
  if (saved >= 0) {
    dup2(saved, STDIN_FILENO);
    close(saved);
  }
  return status;
}

static void test_yaml_stream(void **state) {
  fixture *f = *state;
  assert_int_equal(read_stdin(f,
                              "schema: assay.bundle/1\norganization: {id: acme, name: Acme}\nas_of: 2026-06-30\ndefaults: {source: pipe}\n---\n"
                              "kind: people\nrecords:\n  - id: p1\n    boss: p2\n---\nkind: accounts\nrecords:\n  - {id: a1, status: on}\n  - {id: a2, status: active}\n"),
                   AS_BUNDLE_OK);
  assert_string_equal(problems(f), "W0320@-:9:11 E0307@-:13:22");
  assert_shows(f, 1, "   13 |   - {id: a1, status: on}");
  assert_string_equal(f->bundle.name, "acme");
  assert_string_equal(records(f, "people"), "id=p1 boss=?>p2");
  assert_string_equal(records(f, "accounts"), "id=a2 status=active");
  assert_string_equal(as_record_document(as_model_at(f->bundle.model, kind_of(f, "people"), 0))->source, "pipe");
  /* Without a manifest. */
  f->at = "2026-06-30";
  assert_int_equal(read_stdin(f, "kind: people\nrecords: [{id: p1}]\n"), AS_BUNDLE_OK);
  assert_string_equal(records(f, "people"), "id=p1");
  assert_int_equal(read_stdin(f, "- {id: p1}\n"), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "E0217@-");
  assert_true(f->bundle.incomplete);
}

static void test_json_stream(void **state) {
  fixture *f = *state;
  const char *expected = "id=p1 | id=p2";
  const char *const streams[] = {
      "{\"as_of\": \"2026-06-30\"}\n{\"kind\": \"people\", \"records\": [{\"id\": \"p1\"}, {\"id\": \"p2\"}]}\n",
      "{\"as_of\": \"2026-06-30\", \"schema\": \"assay.bundle/1\"} {\"records\": [{\"id\": \"p1\"}],\n \"kind\": \"people\"}{\"kind\": \"people\", \"records\": [{\"id\": \"p2\"}]}",
      "[{\"as_of\": \"2026-06-30\"},\n {\"kind\": \"people\", \"records\": {\"p1\": {}, \"p2\": {}}}]\n",
  };
  for (size_t i = 0; i < 3; i++) {
    assert_int_equal(read_stdin(f, streams[i]), AS_BUNDLE_OK);
    assert_string_equal(problems(f), "");
    assert_string_equal(records(f, "people"), expected);
  }
  assert_int_equal(read_stdin(f, "{\"as_of\": \"2026-06-30\"}\n\n{\"kind\": \"people\",\n \"records\": [{\"id\": \"p1\"},\n {\"id\": \"p1\"}]}"), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "E0305@-:5:9");
  assert_shows(f, 0, "    5 |  {");
  assert_int_equal(read_stdin(f, "{\"as_of\": \"2026-06-30\"}\n{\"kind\": \"people\",\n \"records\": [}"), AS_BUNDLE_OK);
  assert_true(f->bundle.incomplete);
  assert_int_equal(as_diags_at(f->diags, 0)->line, 3);
  assert_int_equal(read_stdin(f, "{\"as_of\": \"2026-06-30\", \"documents\": [{\"path\": \"x.csv\"}]}"), AS_BUNDLE_INVALID);
  assert_string_equal(problems(f), "E0224@-:1:48");
}

static void test_hostile_streams(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  const char *const streams[] = {"", "\n\n", "{", "}", "]", "[", "[]", "[,]", "[[]]", "{}", "[1]", "{\"kind\"", "---\n---\n", "a: &x [*x]\n", "\xff\xfe", "[{},{}", "{\"a\": \"\\", "%YAML 9\n"};
  for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
    as_bundle_status status = read_stdin(f, streams[i]);
    assert_true(status == AS_BUNDLE_OK || status == AS_BUNDLE_INVALID);
  }
}

static void test_single_files(void **state) {
  fixture *f = *state;
  char path[300];
  f->at = "2026-06-30";
  write_text(f, "people.csv", "id,boss\np1,p2\n");
  path_in(f, "people.csv", path);
  assert_int_equal(read_path(f, path), AS_BUNDLE_OK);
  assert_string_equal(records(f, "people"), "id=p1 boss=?>p2");
  assert_int_equal(as_diags_count(f->diags), 1);
  assert_int_equal(as_diags_at(f->diags, 0)->column, 4);
  again(f);
  write_text(f, "assets.json", "[{\"id\": \"x\"}]");
  path_in(f, "assets.json", path);
  assert_int_equal(read_path(f, path), AS_BUNDLE_OK);
  assert_string_equal(records(f, "assets"), "id=x");
  again(f);
  write_text(f, "all.yaml", "as_of: 2026-01-01\norganization: {id: o, name: O}\n---\nkind: people\nrecords: [{id: p1}]\n");
  path_in(f, "all.yaml", path);
  assert_int_equal(read_path(f, path), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "");
  assert_string_equal(records(f, "people"), "id=p1");
  write_text(f, "bundle.yaml", "as_of: 2026-01-01\n");
  path_in(f, "bundle.yaml", path); /* stands for its folder */
  assert_int_equal(read_path(f, path), AS_BUNDLE_OK);
  assert_string_equal(records(f, "assets"), "id=x");
  again(f);
  path_in(f, "none", path);
  assert_int_equal(read_path(f, path), AS_BUNDLE_MISSING);
  path_in(f, "people.txt", path);
  write_text(f, "people.txt", "id\n");
  assert_int_equal(read_path(f, path), AS_BUNDLE_INVALID);
  path_in(f, "people.fifo", path);
  mkfifo(path, 0644);
  assert_int_equal(read_path(f, path), AS_BUNDLE_INVALID);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_folder_by_stems),  TEST(test_arrangements),     TEST(test_several_documents_in_one_text), TEST(test_wrong_arrangements),
      TEST(test_empty_documents),  TEST(test_unknown_fields),   TEST(test_key_in_the_map_and_in_the_record), TEST(test_nothing_kept_is_not_supplied),
      TEST(test_encodings),        TEST(test_broken_texts),     TEST(test_manifest_typos),                TEST(test_manifest_values),
      TEST(test_manifest_that_is_no_file), TEST(test_whole_manifest), TEST(test_organization_twice),      TEST(test_absent_files),
      TEST(test_exact_path_beats_pattern), TEST(test_sha256),   TEST(test_kind_contradictions),           TEST(test_as_of),
      TEST(test_late_problems_have_places), TEST(test_problems_are_bounded), TEST(test_deep_and_wide),    TEST(test_yaml_stream),
      TEST(test_json_stream),      TEST(test_hostile_streams),  TEST(test_single_files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
