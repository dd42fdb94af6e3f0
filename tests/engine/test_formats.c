/* Bundles with XML and texts: how they are mapped, what is said about wrong entries, and real exports; and that nothing leads
 * out of a folder. */
#include "model_help.h"

#define HEAD "as_of: 2026-06-30\ndocuments:\n"
#define XML "<r xmlns='urn:r'><host name='h1'><item id='a1' on='active'><mfa>yes</mfa><tag>x</tag><tag>y</tag><sys lang='en'>crm</sys></item></host>" \
            "<host name='h2'><item id='a2' on='disabled'><sys/></item>\n<item id='a3'><on>active</on></item></host></r>"

static void xml(void **state) {
  fixture *f = *state;
  write_text(f, "scan.xml", XML);
  write_text(f, "bundle.yaml", HEAD "  - path: scan.xml\n    kind: accounts\n    at: host[].item[]\n"
                               "    map: { id: \"@id\", status: on, mfa: mfa, asset_ids: tag, system: sys }\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(records(f, "accounts"), "id=a1 system=crm status=active mfa=true asset_ids=[?>x,?>y] | id=a2 status=disabled | id=a3 status=active");
  write_text(f, "bundle.yaml", HEAD "  - path: scan.xml\n    kind: accounts\n    at: host[1].item[]\n    map: { id: id, system: ../@name, status: \"on\" }\n");
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "");
  assert_string_equal(records(f, "accounts"), "id=a2 system=h2 status=disabled | id=a3 system=h2 status=active");
  write_text(f, "bundle.yaml", HEAD "  - path: scan.xml\n    kind: assets\n    at: host[].item[].tag?[]\n    map: { id: text(), note: \"{../../@name} {../@id}\" }\n");
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(records(f, "assets"), "id=x note=h1 a1 | id=y note=h1 a1");
  assert_int_equal(as_record_line(as_model_at(f->bundle.model, kind_of(f, "assets"), 0)), 1);
  write_text(f, "bundle.yaml", HEAD "  - path: scan.xml\n    kind: accounts\n    at: host[].item[]\n    set: { status: active }\n"); /* by their own names */
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(records(f, "accounts"), "id=a1 status=active mfa=true | id=a2 status=active | id=a3 status=active");
}

static void wrong_xml(void **state) {
  fixture *f = *state;
  write_text(f, "accounts.xml", XML);
  write_text(f, "bundle.yaml", HEAD "  - path: accounts.xml\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_INVALID);
  assert_string_equal(problems(f), "E0225@bundle.yaml:3:11");
  write_text(f, "bundle.yaml", HEAD "  - path: accounts.xml\n    at: hosts[].item[]\n");
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "E0315@accounts.xml:1:1");
  assert_shows(f, 0, "did you mean `host`?");
  assert_false(supplied(f, "accounts"));
  write_text(f, "accounts.xml", "<r/>"); /* nothing there is not none, unless it is said that it may be missing */
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_false(supplied(f, "accounts"));
  write_text(f, "bundle.yaml", HEAD "  - path: accounts.xml\n    at: host?[].item[]\n");
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_true(supplied(f, "accounts"));
  write_text(f, "bundle.yaml", "as_of: 2026-06-30\n");
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "E0225@accounts.xml");
  assert_true(f->bundle.incomplete);
}

static void texts(void **state) {
  fixture *f = *state;
  write_text(f, "vpn.log", "# log\n2026-06-01T08:00:00Z a1 active\n2026-06-02T08:00:00Z a2 disabled\n");
  write_text(f, "bundle.yaml", HEAD "  - path: vpn.log\n    kind: accounts\n    pattern: '^(?<seen_at>\\S+) (?<user>\\w+) (?<status>\\w+)$'\n    skip: '^#'\n    map: { id: user }\n");
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "");
  assert_string_equal(records(f, "accounts"), "id=a1 status=active seen_at=2026-06-01T08:00:00Z | id=a2 status=disabled seen_at=2026-06-02T08:00:00Z");
  assert_int_equal(as_record_line(as_model_at(f->bundle.model, kind_of(f, "accounts"), 1)), 3);
  write_text(f, "bundle.yaml", HEAD "  - path: vpn.log\n    kind: accounts\n    format: text\n    pattern: '^(?<seen_at>2\\S+) (?<id>\\w+) (?<status>\\w+)$'\n");
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "W0173@vpn.log:1:1");
  write_text(f, "bundle.yaml", HEAD "  - path: vpn.log\n    kind: accounts\n    pattern: '^(?<id>nothing)'\n");
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "E0172@vpn.log:1:1");
  assert_false(supplied(f, "accounts"));
}

static void wrong_entries(void **state) {
  fixture *f = *state;
  static const char *const entries[][2] = {
      {"path: a.log\n    pattern: 'x(?<id>'\n", "E0226@bundle.yaml:4:22"},
      {"path: a.log\n    pattern: \"x(?<id>\"\n", "E0226@bundle.yaml:4:22"},
      {"path: a.log\n    pattern: '(\\w+)'\n", "E0226@bundle.yaml:4:14"},
      {"path: a.log\n    format: text\n", "E0204@bundle.yaml:4:13"},
      {"path: a.csv\n    pattern: '(?<id>.)'\n", "E0204@bundle.yaml:4:14"},
      {"path: a.dat\n    pattern: '(?<id>.)'\n", "E0204@bundle.yaml:4:14"},
      {"path: a.log\n    pattern: '(?<id>.)'\n    skip: '('\n", "E0226@bundle.yaml:5:13"},
      {"path: a.csv\n    skip: x\n", "E0204@bundle.yaml:4:11"},
      {"path: a.json\n    skip: 1\n", "E0204@bundle.yaml:4:11"},
      {"path: a.log\n    format: txt\n", "E0218@bundle.yaml:4:13"},
  };
  for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
    as_buf text = {0};
    as_buf_printf(&text, HEAD "  - %s", entries[i][0]);
    write_text(f, "bundle.yaml", text.data);
    again(f);
    assert_int_equal(read_bundle(f), AS_BUNDLE_INVALID);
    assert_string_equal(problems(f), entries[i][1]);
    as_buf_free(&text);
  }
  write_text(f, "accounts.csv", "Report of today\n\nid;status\na1;active\n");
  write_text(f, "bundle.yaml", HEAD "  - {path: accounts.csv, skip: 2}\n");
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(problems(f), "");
  assert_int_equal(as_record_line(as_model_at(f->bundle.model, kind_of(f, "accounts"), 0)), 4);
}

static void samples(void **state) {
  fixture *f = *state;
  const char *shared = getenv("ASSAY_SHARED");
  static const struct {
    const char *path, *entry;
    size_t records;
  } rows[] = {
      {"nessus/sample.nessus", "at: Report.ReportHost[].ReportItem[]\n    map: { id: \"{../@name} {@port} {pluginID}\", note: plugin_name }\n", 0},
      {"openscap-xccdf/xccdf-results-openscap-rhel8.xml", "at: TestResult.rule-result[]\n    map: { id: idref, note: result }\n", 0},
      {"cyclonedx/cyclonedx_bom.xml", "at: components.component[]\n    map: { id: \"{name} {version}\", note: purl }\n", 0},
      {"dependency-check/version-6.5.3.xml", "at: dependencies.dependency[]\n    map: { id: \"{sha1} {fileName}\" }\n", 0},
      {"dmarc/example.net_example.com_1529366400_1529452799.xml", "at: record[]\n    map: { id: row.source_ip, tries: row.count }\n", 1},
      {"pingcastle/many.xml", "at: RiskRules.HealthcheckRiskRule[]\n    map: { id: RiskId, note: Rationale }\n", 0},
      {"stig-checklist/small_ckl_overrides.ckl", "at: STIGS.iSTIG[].VULN[]\n    map: { id: \"STIG_DATA[0].ATTRIBUTE_DATA\", note: STATUS }\n    format: xml\n", 0},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char path[500];
    as_buf bytes, entry = {0};
    const char *why;
    snprintf(path, sizeof path, "%s/evidence-samples/%s", shared ? shared : "../shared", rows[i].path);
    if (!as_file_read(AT_FDCWD, path, 1u << 30, &bytes, &why)) skip();
    write_bytes(f, "x.xml", bytes.data, bytes.len);
    as_buf_free(&bytes);
    as_buf_printf(&entry, HEAD "  - path: x.xml\n    kind: assets\n    %s", rows[i].entry);
    write_text(f, "bundle.yaml", entry.data);
    as_buf_free(&entry);
    again(f);
    assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
    const as_document *document = as_model_document(f->bundle.model, 0);
    if (!document->readable || !document->records || (rows[i].records && document->records != rows[i].records))
      fail_msg("%s: %u records; %s", rows[i].path, (unsigned)document->records, as_diags_count(f->diags) ? shown(f, 0) : "");
  }
}

/* ---- folders ---- */

static void nothing_leads_out(void **state) {
  fixture *f = *state;
  char secret[80], link[300];
  snprintf(secret, sizeof secret, "%s-out", f->folder);
  mkdir(secret, 0755);
  char file[100];
  snprintf(file, sizeof file, "%s/accounts.csv", secret);
  FILE *out = fopen(file, "w");
  fputs("id,status\nsecret,active\n", out);
  fclose(out);
  path_in(f, "accounts.csv", link);
  assert_int_equal(symlink(file, link), 0);
  path_in(f, "folder", link);
  assert_int_equal(symlink(secret, link), 0);
  path_in(f, "pipe.csv", link);
  assert_int_equal(mkfifo(link, 0644), 0);
  path_in(f, "zero.csv", link);
  assert_int_equal(symlink("/dev/zero", link), 0);
  static const char *const paths[] = {"accounts.csv", "folder/accounts.csv", "pipe.csv", "zero.csv"};
  for (size_t i = 0; i < 4; i++) {
    as_buf text = {0};
    as_buf_printf(&text, HEAD "  - { path: %s, kind: accounts }\n", paths[i]);
    write_text(f, "bundle.yaml", text.data);
    as_buf_free(&text);
    again(f);
    assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
    assert_true(f->bundle.incomplete);
    assert_false(supplied(f, "accounts"));
    assert_string_equal(records(f, "accounts"), "");
  }
  char entry[200];
  const char *const out_of[] = {"../x.csv", "a/../../x.csv", "/etc/passwd", file};
  for (size_t i = 0; i < 4; i++) {
    snprintf(entry, sizeof entry, HEAD "  - { path: %s, kind: accounts }\n", out_of[i]);
    write_text(f, "bundle.yaml", entry);
    again(f);
    assert_int_equal(read_bundle(f), AS_BUNDLE_INVALID);
    assert_non_null(strstr(problems(f), "E0207@bundle.yaml:3:13"));
  }
  write_text(f, "bundle.yaml", HEAD "  - { path: \"**\", kind: accounts }\n"); /* a pattern does not find them either */
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_OK);
  assert_string_equal(records(f, "accounts"), "");
  path_in(f, "bundle.yaml", link);
  unlink(link);
  assert_int_equal(symlink("/dev/zero", link), 0); /* the manifest itself */
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_INVALID);
  unlink(link);
  assert_int_equal(mkfifo(link, 0644), 0);
  again(f);
  assert_int_equal(read_bundle(f), AS_BUNDLE_INVALID);
  unlink(file);
  rmdir(secret);
}

static void limits_of_folders(void **state) {
  fixture *f = *state;
  f->at = "2026-06-30";
  write_text(f, "a/b/people.yaml", "- id: p1\n");
  write_text(f, "accounts.csv", "id,status\n");
  static const struct {
    size_t offset;
    uint64_t value;
  } rows[] = {{offsetof(as_limits, members), 2}, {offsetof(as_limits, bundle_bytes), 19}, {offsetof(as_limits, path_bytes), 15}, {offsetof(as_limits, path_depth), 3}};
  for (size_t i = 0; i < 4; i++)
    for (int delta = -1; delta <= 1; delta++) {
      as_bundle_options options = {.path = f->folder, .at = f->at, .limits = as_limits_default};
      *(uint64_t *)(void *)((char *)&options.limits + rows[i].offset) = rows[i].value + (uint64_t)(int64_t)delta;
      again(f);
      as_bundle_status status = as_bundle_read(f->arena, f->intern, f->kinds, &options, &f->bundle, f->diags);
      assert_int_equal(status, delta < 0 ? AS_BUNDLE_INVALID : AS_BUNDLE_OK);
    }
  as_bundle_options options = {.path = f->folder, .limits = as_limits_default};
  write_text(f, "bundle.yaml", "as_of: 2026-06-30\n");
  options.limits.manifest_bytes = 18;
  again(f);
  assert_int_equal(as_bundle_read(f->arena, f->intern, f->kinds, &options, &f->bundle, f->diags), AS_BUNDLE_OK);
  options.limits.manifest_bytes = 17;
  again(f);
  assert_int_equal(as_bundle_read(f->arena, f->intern, f->kinds, &options, &f->bundle, f->diags), AS_BUNDLE_INVALID);
}

int main(void) {
  const struct CMUnitTest tests[] = {TEST(xml), TEST(wrong_xml), TEST(texts), TEST(wrong_entries), TEST(samples), TEST(nothing_leads_out), TEST(limits_of_folders)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
