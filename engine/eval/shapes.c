/* Shapes of everything that crosses a pipe, in the order of the members of the result document.
 * Tables only: a member that is not here does not get into a result. */
#include "eval/shapes.h"

#define BIG 9007199254740991.0 /* 2^53 - 1: exact in JSON */

#define TEXT(n) {.name = (n), .type = AS_SHAPE_TEXT}
#define TEXT_REQUIRED(n) {.name = (n), .type = AS_SHAPE_TEXT, .required = true}
#define COUNT(n) {.name = (n), .type = AS_SHAPE_INT, .max = BIG}
#define COUNT_REQUIRED(n) {.name = (n), .type = AS_SHAPE_INT, .max = BIG, .required = true}
#define NUMBER(n) {.name = (n), .type = AS_SHAPE_AMOUNT, .min = -BIG, .max = BIG}
#define PERCENT(n) {.name = (n), .type = AS_SHAPE_NUM, .max = 100}
#define SHARE(n) {.name = (n), .type = AS_SHAPE_NUM, .max = 1}
#define FLAG(n) {.name = (n), .type = AS_SHAPE_BOOL}
#define FLAG_REQUIRED(n) {.name = (n), .type = AS_SHAPE_BOOL, .required = true}
#define HASH(n) {.name = (n), .type = AS_SHAPE_SHA256}
#define WORD(n, w) {.name = (n), .type = AS_SHAPE_WORD, .words = (w)}
#define WORD_REQUIRED(n, w) {.name = (n), .type = AS_SHAPE_WORD, .words = (w), .required = true}
#define MAP(n, members) {.name = (n), .type = AS_SHAPE_MAP, .of = (members)}
#define MAP_REQUIRED(n, members) {.name = (n), .type = AS_SHAPE_MAP, .of = (members), .required = true}
#define LIST(n, item, most) {.name = (n), .type = AS_SHAPE_LIST, .of = (item), .max = (most)}
#define LIST_REQUIRED(n, item, most) {.name = (n), .type = AS_SHAPE_LIST, .of = (item), .max = (most), .required = true}
#define SCALARS(n, most) {.name = (n), .type = AS_SHAPE_SCALARS, .max = (most)}
#define MAPOF(n, value, most) {.name = (n), .type = AS_SHAPE_MAPOF, .of = (value), .max = (most), .required = true}
#define END {.name = NULL}

static const char *const status_words[] = {"effective", "partially_effective", "ineffective", "insufficient_evidence",
                                           "exception", "not_applicable", "not_evaluated", "error", NULL};
static const char *const check_words[] = {"pass", "fail", "unknown", "n_a", "error", NULL};
static const char *const severity_words[] = {"major", "minor", "observation", NULL};
static const char *const tests_words[] = {"design", "operation", NULL};
static const char *const tested_words[] = {"pass", "fail", "unknown", "not_tested", NULL};
static const char *const grade_words[] = {"major_nc", "minor_nc", "observation", "ofi", NULL};
static const char *const kind_words[] = {"clause", "control", NULL};
static const char *const diag_words[] = {"error", "warning", "note", NULL};
static const char *const phase_words[] = {"control", "clause", NULL};
static const char *const acceptance_words[] = {"none", "valid", "expired", "ahead", NULL};

static const as_shape text = TEXT("text"), count = COUNT("count");

/* ---- requirements ---- */

static const as_shape finding_members[] = {
    TEXT("key"), TEXT("kind"), TEXT("document"), COUNT("line"), TEXT_REQUIRED("message"), WORD("grade", grade_words),
    SCALARS("values", 64), TEXT("remedy"), TEXT("excepted_by"), NUMBER("overdue"), END};
static const as_shape finding = MAP("finding", finding_members);

static const as_shape check_members[] = {
    TEXT_REQUIRED("name"), TEXT("question"), WORD("tests", tests_words), WORD("severity", severity_words),
    {.name = "weight", .type = AS_SHAPE_AMOUNT, .max = 5}, WORD_REQUIRED("status", check_words), TEXT("reason"),
    COUNT("population"), COUNT("tested"), COUNT("failed"), COUNT("excepted"), SHARE("share"), TEXT("remedy"), COUNT("dropped"),
    LIST_REQUIRED("findings", &finding, AS_FINDINGS_MAX), END};
static const as_shape check = MAP("check", check_members);

static const as_shape rule_members[] = {TEXT("pack"), TEXT("path"), HASH("sha256"), END};

static const as_shape requirement_members[] = {
    {.name = "id", .type = AS_SHAPE_TEXT, .max = 64, .required = true}, WORD("kind", kind_words), TEXT("theme"), TEXT("title"),
    WORD_REQUIRED("status", status_words), PERCENT("score"), SHARE("credit"), TEXT("reason"), WORD("design", tested_words), WORD("operation", tested_words),
    FLAG("selected"), MAP("rule", rule_members), SCALARS("params", 256), LIST_REQUIRED("checks", &check, 256), END};
const as_shape as_shape_requirement = MAP("requirement", requirement_members);

/* ---- risks ---- */

static const as_shape rating_members[] = {NUMBER("likelihood"), NUMBER("impact"), NUMBER("score"), TEXT("level"), NUMBER("raw"), END};
static const as_shape acceptance_members[] = {FLAG("required"), WORD("state", acceptance_words), TEXT("by"), TEXT("at"), TEXT("expires_at"), END};
static const as_shape explain_members[] = {
    TEXT("control"), TEXT("axis"), NUMBER("strength"), NUMBER("effectiveness"), TEXT("status"), FLAG("planned"), NUMBER("factor"),
    NUMBER("reduction"), NUMBER("raw"), TEXT_REQUIRED("text"), END};
static const as_shape explain = MAP("explain", explain_members);
static const as_shape what_if_members[] = {TEXT("control"), NUMBER("score"), TEXT("level"), NUMBER("raw"), NUMBER("fall"), END};
static const as_shape what_if = MAP("what_if", what_if_members);
static const as_shape risk_members[] = {
    TEXT_REQUIRED("id"), TEXT("title"), TEXT("owner"), LIST("assets", &text, 10000), TEXT("status"), TEXT("treatment"), TEXT("document"), COUNT("line"),
    MAP("inherent", rating_members), MAP("residual", rating_members), MAP("target", rating_members), NUMBER("stated"), TEXT("stated_level"),
    FLAG("understated"), FLAG("above_appetite"), FLAG("above_tolerance"), MAP("acceptance", acceptance_members), TEXT("review_due_at"), TEXT("model"),
    LIST("explain", &explain, 1000), LIST("what_if", &what_if, 1000), TEXT("error"), END};
static const as_shape risk = MAP("risk", risk_members);
static const as_shape band_members[] = {TEXT("level"), NUMBER("upto"), END};
static const as_shape band = MAP("band", band_members);
static const as_shape criteria_members[] = {
    TEXT("model"), TEXT("method"), COUNT("likelihood_levels"), COUNT("impact_levels"), NUMBER("appetite"), NUMBER("tolerance"),
    LIST("bands", &band, 100), SCALARS("params", 256), END};
static const as_shape derived_members[] = {
    TEXT("model"), MAP("criteria", criteria_members), LIST_REQUIRED("risks", &risk, 100000), END};
const as_shape as_shape_derived = MAP("derived", derived_members);

/* ---- summary ---- */

static const as_shape by_status_members[] = {
    COUNT("effective"), COUNT("partially_effective"), COUNT("ineffective"), COUNT("insufficient_evidence"), COUNT("exception"),
    COUNT("not_applicable"), COUNT("not_evaluated"), COUNT("error"), END};
static const as_shape group_members[] = {
    COUNT("total"), COUNT("applicable"), COUNT("tested"), PERCENT("effectiveness"), PERCENT("coverage"), PERCENT("assurance"),
    MAP("by_status", by_status_members), END};
static const as_shape group = MAP("group", group_members);
static const as_shape by_theme_members[] = {
    MAP("clauses", group_members), MAP("organizational", group_members), MAP("people", group_members), MAP("physical", group_members),
    MAP("technological", group_members), MAP("own", group_members), END};
static const as_shape by_attribute_members[] = {
    MAPOF("control_type", &group, 64), MAPOF("properties", &group, 64), MAPOF("concepts", &group, 64), MAPOF("capabilities", &group, 64),
    MAPOF("domains", &group, 64), END};
static const as_shape grades_members[] = {COUNT("major_nc"), COUNT("minor_nc"), COUNT("observation"), COUNT("ofi"), COUNT("excepted"), END};
static const as_shape summary_risks_members[] = {
    COUNT("total"), COUNT("open"), COUNT("above_appetite"), COUNT("above_tolerance"), COUNT("understated"), COUNT("errors"),
    NUMBER("inherent"), NUMBER("residual"), MAPOF("by_level", &count, 64), END};
static const as_shape fall_members[] = {TEXT("risk"), NUMBER("from"), NUMBER("to"), END};
static const as_shape fall = MAP("fall", fall_members);
static const as_shape next_members[] = {
    TEXT_REQUIRED("id"), TEXT("title"), WORD("status", status_words), WORD("grade", grade_words), TEXT("check"), WORD("severity", severity_words),
    TEXT("message"), TEXT("remedy"), COUNT("failed"), COUNT("tested"), TEXT("document"), COUNT("line"), LIST("risks", &text, 10000),
    NUMBER("fall"), LIST("falls", &fall, 10000), END};
static const as_shape next = MAP("next", next_members);
static const as_shape summary_members[] = {
    PERCENT("effectiveness"), PERCENT("coverage"), PERCENT("assurance"), COUNT("applicable"), COUNT("tested"), COUNT("total"),
    MAP_REQUIRED("by_status", by_status_members), MAP("by_theme", by_theme_members), MAP("by_attribute", by_attribute_members),
    MAP_REQUIRED("grades", grades_members), MAP("risks", summary_risks_members), LIST_REQUIRED("next", &next, 100), END};
const as_shape as_shape_summary = MAP("summary", summary_members);

/* ---- bundle ---- */

static const as_shape period_members[] = {TEXT("from"), TEXT("to"), END};
static const as_shape document_members[] = {
    TEXT_REQUIRED("path"), TEXT("kind"), TEXT("source"), HASH("sha256"), COUNT_REQUIRED("bytes"), COUNT_REQUIRED("records"),
    COUNT_REQUIRED("left_out"), TEXT("collected_at"), MAP("period", period_members), FLAG_REQUIRED("readable"), END};
static const as_shape document = MAP("document", document_members);
const as_shape as_shape_documents = LIST("documents", &document, 1000);

static const as_shape bundle_members[] = {
    TEXT_REQUIRED("name"), TEXT_REQUIRED("as_of"), MAP("period", period_members), FLAG_REQUIRED("incomplete"), COUNT_REQUIRED("documents"),
    COUNT_REQUIRED("records"), END};
const as_shape as_shape_bundle = MAP("bundle", bundle_members);

static const as_shape diag_members[] = {
    {.name = "code", .type = AS_SHAPE_TEXT, .max = 16, .required = true}, WORD_REQUIRED("severity", diag_words), TEXT("document"),
    COUNT("line"), COUNT("column"), TEXT_REQUIRED("message"), TEXT("help"), TEXT("source"), END};
static const as_shape diag = MAP("diagnostic", diag_members);
const as_shape as_shape_diags = LIST("diagnostics", &diag, 1000);

/* ---- walls ---- */

static const char *const privilege_words[] = {"none", "dropped", "kept", NULL};
static const as_shape walls_members[] = {
    {.name = "landlock", .type = AS_SHAPE_INT, .max = 1000, .required = true}, FLAG_REQUIRED("seccomp"), FLAG_REQUIRED("rlimits"),
    WORD_REQUIRED("privileges", privilege_words), END};
const as_shape as_shape_walls = MAP("walls", walls_members);

/* ---- packs ---- */

static const as_shape loaded_rule_members[] = {
    {.name = "id", .type = AS_SHAPE_TEXT, .max = 64, .required = true}, TEXT("pack"), TEXT_REQUIRED("path"), HASH("sha256"),
    WORD_REQUIRED("phase", phase_words), LIST("needs", &text, 1000), FLAG("selected"), FLAG("trusted"), WORD("kind", kind_words),
    TEXT("theme"), TEXT("title"), END};
static const as_shape loaded_rule = MAP("rule", loaded_rule_members);
static const as_shape pack_members[] = {TEXT_REQUIRED("name"), TEXT("version"), TEXT("title"), TEXT("path"), HASH("sha256"), FLAG("trusted"), END};
static const as_shape pack = MAP("pack", pack_members);
static const as_shape loaded_members[] = {
    LIST_REQUIRED("rules", &loaded_rule, 10000), LIST_REQUIRED("catalog", &text, 20000), LIST_REQUIRED("unjudged", &as_shape_requirement, 20000),
    LIST_REQUIRED("packs", &pack, 1000), SCALARS("params", 10000),
    {.name = "config", .type = AS_SHAPE_ANY}, COUNT("errors"), END};
const as_shape as_shape_loaded = MAP("packs.load", loaded_members);

/* ---- steps ---- */

static const as_shape step_members[] = {COUNT_REQUIRED("step"), END};
const as_shape as_shape_step = MAP("step", step_members);

static const char *const answered_words[] = {"ok", "error", "incomplete", NULL};
static const as_shape error_members[] = {TEXT_REQUIRED("message"), TEXT("document"), COUNT("line"), COUNT("column"), TEXT("source"), TEXT("help"),
                                         TEXT("traceback"), TEXT("code"), END};

static const char *const fault_words[] = {"memory", "time", "steps", "crash", "hang", "lua", "large", "early", NULL};
static const as_shape fault_members[] = {WORD_REQUIRED("fault", fault_words), TEXT("where"), END};
const as_shape as_shape_fault = MAP("fault", fault_members);

/* {fault, where, lost} of a question that was cut short, or whatever else the module that answers has to say. */
static const as_shape answer_members[] = {
    WORD("fault", fault_words), TEXT("where"), FLAG("lost"), WORD("status", answered_words), TEXT("note"), MAP("error", error_members),
    LIST("items", &text, 1000), COUNT("from"), {.name = "value", .type = AS_SHAPE_ANY}, {.name = "state", .type = AS_SHAPE_ANY}, END};
const as_shape as_shape_answer = MAP("answer", answer_members);

static const char *const done_words[] = {"ok", "missing", "invalid", "crash", NULL};
static const as_shape done_members[] = {WORD_REQUIRED("status", done_words), TEXT("how"), END};
const as_shape as_shape_done = MAP("done", done_members);
