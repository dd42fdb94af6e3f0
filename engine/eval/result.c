/* The result document: put together in one fixed order, with the digest of its canonical JSON.
 * Holds nothing that depends on the clock or the number of processes; what the machine had to offer stands in run.walls.sandbox. */
#include "eval/result.h"

#include <string.h>

#include "base/hash.h"

static void put_copy(as_arena *arena, as_node *to, const char *as, const as_node *from, const char *member) {
  const as_node *m = as_node_get(from, member);
  if (m)
    as_node_put(arena, to, as, as_node_copy(arena, m));
}

static as_node *packs(as_arena *arena, const as_node *loaded) {
  as_node *list = as_node_new(arena, AS_LIST);
  for (const as_node *pack = as_node_get(loaded, "packs")->first; pack; pack = pack->next) {
    as_node *p = as_node_add(list, as_node_new(arena, AS_MAP)); /* not its path: that is of this machine */
    put_copy(arena, p, "name", pack, "name");
    put_copy(arena, p, "version", pack, "version");
    put_copy(arena, p, "sha256", pack, "sha256");
  }
  return list;
}

static as_node *walls(as_arena *arena, const as_run_options *o) {
  as_node *map = as_node_new(arena, AS_MAP);
  as_node_put(arena, map, "memory_bytes", as_node_int(arena, (int64_t)o->memory_bytes));
  as_node_put(arena, map, "seconds", as_node_num(arena, o->seconds));
  if (o->steps)
    as_node_put(arena, map, "steps", as_node_int(arena, (int64_t)o->steps));
  return map;
}

/* How the rules that were judged were kept apart, in fact. */
static const char *isolation(const as_tally *tally) {
  const as_plan *plan = tally->plan;
  bool shared = tally->options->isolation == AS_ISOLATION_BUNDLE, alone = tally->options->isolation == AS_ISOLATION_RULE;
  if (tally->options->isolation == AS_ISOLATION_NONE)
    return "none";
  for (uint32_t i = 0; i < plan->n_rules && tally->options->isolation == AS_ISOLATION_DEFAULT; i++) {
    alone = alone || (plan->rules[i].selected && !plan->rules[i].trusted);
    shared = shared || (plan->rules[i].selected && plan->rules[i].trusted);
  }
  return !alone ? "bundle" : shared ? "mixed" : "rule";
}

static as_node *sandbox(as_arena *arena, const as_tally *tally, const as_walls *up) {
  as_walls none = {.privileges = AS_PRIVILEGES_NONE};
  as_node *map = as_node_new(arena, AS_MAP), *walls = as_walls_node(arena, up ? up : &none), *missing = as_node_new(arena, AS_LIST);
  as_node_put(arena, map, "isolation", as_node_text(arena, as_str_of(isolation(tally))));
  for (const as_node *m = walls->first; m; m = m->next)
    as_node_put(arena, map, m->key.p, as_node_copy(arena, m));
  const char *name;
  for (size_t i = 0; (name = as_walls_missing(up ? up : &none, i)) != NULL; i++)
    as_node_add(missing, as_node_text(arena, as_str_of(name)));
  as_node_put(arena, map, "missing", missing);
  return map;
}

static as_node *run_part(as_arena *arena, const as_tally *tally, const as_result_parts *parts) {
  const as_node *bundle = parts->bundle;
  const as_run_options *o = tally->options;
  const as_node *loaded = tally->plan->loaded;
  as_node *run = as_node_new(arena, AS_MAP);
  put_copy(arena, run, "bundle", bundle, "name");
  put_copy(arena, run, "as_of", bundle, "as_of");
  put_copy(arena, run, "period", bundle, "period");
  as_node_put(arena, run, "engine", as_node_text(arena, AS_STR(AS_ENGINE_VERSION)));
  as_node_put(arena, run, "packs", packs(arena, loaded));
  if (*parts->stdlib_sha256)
    as_node_put(arena, run, "stdlib_sha256", as_node_text(arena, as_str_of(parts->stdlib_sha256)));
  if (as_node_get(loaded, "params"))
    put_copy(arena, run, "params", loaded, "params");
  else
    as_node_put(arena, run, "params", as_node_new(arena, AS_MAP));
  if (o->n_select) {
    as_node *selected = as_node_put(arena, run, "selected", as_node_new(arena, AS_LIST));
    for (size_t i = 0; i < o->n_select; i++)
      as_node_add(selected, as_node_text(arena, as_str_of(o->select[i])));
  }
  as_node_put(arena, run, "walls", walls(arena, o));
  as_node_put(arena, run, "incomplete", as_node_bool(arena, tally->incomplete || as_node_boolean(bundle, "incomplete", false)));
  return run;
}

static void hash(const as_node *doc, char digest[65]) {
  as_buf json = {0};
  as_node_json(doc, 0, &json);
  as_sha256_hex(json.data, json.len, digest);
  as_buf_free(&json);
}

/* Where the list of members holds the one of that name; NULL where there is none. */
static as_node **link_to(as_node *map, const char *name) {
  as_node **link = map && map->type == AS_MAP ? &map->first : NULL;
  while (link && *link && !as_str_eq((*link)->key, as_str_of(name)))
    link = &(*link)->next;
  return link && *link ? link : NULL;
}

bool as_result_intact(as_node *doc) {
  as_node *run = as_node_get(doc, "run");
  as_node **digest = link_to(run, "digest"), **sandbox = link_to(as_node_get(run, "walls"), "sandbox");
  if (!digest || !sandbox)
    return false;
  as_node *said = *digest, *state = *sandbox;
  char found[65];
  *digest = said->next; /* for as long as it takes */
  *sandbox = state->next;
  hash(doc, found);
  *sandbox = state;
  *digest = said;
  return said->type == AS_TEXT && as_str_eq(said->text, as_str_of(found));
}

as_node *as_result_compose(as_arena *arena, const as_tally *tally, const as_result_parts *parts) {
  if (!tally->summary)
    return NULL;
  as_node *doc = as_node_new(arena, AS_MAP);
  as_node_put(arena, doc, "schema", as_node_text(arena, AS_STR("assay.result/1")));
  as_node *run = as_node_put(arena, doc, "run", run_part(arena, tally, parts));
  as_node_put(arena, doc, "summary", as_node_copy(arena, tally->summary));
  put_copy(arena, doc, "criteria", tally->derived, "criteria");
  as_node_put(arena, doc, "requirements", as_tally_requirements(tally, arena));
  if (tally->derived)
    put_copy(arena, doc, "risks", tally->derived, "risks");
  else
    as_node_put(arena, doc, "risks", as_node_new(arena, AS_LIST));
  as_node_put(arena, doc, "documents", as_node_copy(arena, parts->documents));
  as_node_put(arena, doc, "diagnostics", as_node_copy(arena, parts->diags));

  char digest[65];
  hash(doc, digest);
  as_node_put(arena, run, "digest", as_node_text(arena, as_str_of(digest)));
  as_node_put(arena, as_node_get(run, "walls"), "sandbox", sandbox(arena, tally, parts->walls));
  return doc;
}

int as_result_rank(const char *grade) {
  static const char *const ranks[] = {"", "ofi", "observation", "minor_nc", "major_nc"};
  for (int i = 1; i < 5; i++)
    if (strcmp(grade, ranks[i]) == 0)
      return i;
  return -1;
}

int as_result_worst(const as_node *result) {
  int worst = 0;
  const as_node *list = as_node_get(result, "requirements");
  for (const as_node *r = list ? list->first : NULL; r; r = r->next) {
    const as_node *checks = as_node_get(r, "checks");
    for (const as_node *c = checks ? checks->first : NULL; c; c = c->next) {
      const as_node *findings = as_node_get(c, "findings");
      for (const as_node *f = findings ? findings->first : NULL; f; f = f->next) {
        int rank = as_result_rank(as_node_str(f, "grade", ""));
        if (rank > worst && !as_node_get(f, "excepted_by"))
          worst = rank;
      }
    }
  }
  return worst;
}
