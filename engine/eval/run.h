/* Runs: the one entry to evaluation. The caller runs no Lua and parses no evidence; processes below it do. */
#ifndef AS_EVAL_RUN_H
#define AS_EVAL_RUN_H

#include "base/diag.h"
#include "base/node.h"
#include "read/read.h"

#ifndef AS_VERSION /* the Makefile knows it */
#define AS_VERSION "0.1.0"
#endif
#define AS_ENGINE_VERSION AS_VERSION

enum { /* exit codes of the commands, as DESIGN names them */
  AS_EXIT_OK = 0,
  AS_EXIT_FINDINGS = 1,
  AS_EXIT_INCOMPLETE = 2,
  AS_EXIT_USAGE = 64,
  AS_EXIT_INVALID = 65,
  AS_EXIT_MISSING = 66,
  AS_EXIT_INTERNAL = 70,
  AS_EXIT_IO = 74,
  AS_EXIT_INTERRUPTED = 130
};

typedef struct {
  const char *path;
  bool shipped; /* comes with assay: trusted, and the names in its rules were checked by its tests */
} as_pack_path;

/* How far rules are kept from each other and from the machine. */
typedef enum {
  AS_ISOLATION_DEFAULT, /* rules of trusted packs: bundle; others: rule */
  AS_ISOLATION_BUNDLE,  /* one process for the rules of a bundle (more where they are dealt out) */
  AS_ISOLATION_RULE,    /* a process for every rule */
  AS_ISOLATION_NONE     /* processes as for bundle, but no walls around them: for debugging */
} as_isolation;

/* A question about a bundle that is answered behind everything else: `module.function` of the stdlib is called with the bundle shown,
 * and {ask = …, results = list of all requirement results, risks = what risks.derive gave}. */
typedef struct {
  const char *module, *function;
  const as_node *ask;             /* any plain data */
} as_run_inquiry;

/* A rule file that is not loaded, because that ended the process. */
typedef struct {
  const char *file; /* name of the pack, and path within it */
  const char *why;  /* "loading it breaks the limit of time" */
  uint32_t line;    /* 0: unknown */
} as_lost_file;

#define AS_LOADING_BYTES 4096u

typedef struct {
  const char *stdlib;             /* folder of the trusted modules */
  const as_pack_path *packs;
  size_t n_packs;
  const char *config_path;        /* assay.yaml, or NULL */
  const char *const *params;      /* "A.5.18.revoke_within=4h" */
  size_t n_params;
  const char *const *select;      /* globs of requirement ids; none: all */
  size_t n_select;
  const char *const *bundles;
  size_t n_bundles;
  const char *at;                 /* or NULL */
  bool strict;
  as_read_limits limits;
  uint64_t memory_bytes, steps;   /* steps 0: no such limit */
  double seconds;
  const as_run_inquiry *inquiry;  /* or NULL */
  bool unjudged;                  /* bundles are read and looked at more closely, but no rule is asked */
  const char *session;            /* the one bundle stays to be asked: module of the stdlib that answers (eval/ask.h); or NULL */
  const as_node *stored;          /* of a session: the result document of an earlier run that is asked about instead; its evidence is not there. Or NULL */
  unsigned jobs;                  /* bundles side by side, and runners of one bundle; at least 1 */
  as_isolation isolation;
  bool require_walls;             /* a missing wall is an error before anything is read */
  bool allow_root;                /* the privileges of root are kept */
  const char *const *reads;       /* what may be read beside stdlib, packs, settings and bundles */
  size_t n_reads;
  /* as_run's own */
  char *loading;                  /* shared memory of AS_LOADING_BYTES: which rule file is being loaded; or NULL */
  const as_lost_file *lost;
  size_t n_lost;
  bool careful;                   /* nothing is done beside the loading */
} as_run_options;

/* One bundle that is finished. Everything is borrowed until the callback returns. */
typedef struct {
  size_t index;
  const char *path;
  const as_node *result;   /* the result document, or NULL where nothing could be evaluated */
  as_diags *diags;         /* of this bundle, sorted */
  const as_node *answer;   /* to the inquiry; NULL where there is none */
  const as_node *packs;    /* list of {name, path}: where the files of packs lie that diagnostics name */
  bool incomplete;         /* something erred: exit code 2 */
  int code;                /* AS_EXIT_OK, _INCOMPLETE, _MISSING, _INVALID, _INTERNAL */
} as_run_bundle;

typedef struct as_session as_session;

typedef struct {
  void *ctx;
  /* The packs are loaded; `diags` are about them. Called once, also where nothing will be evaluated. */
  void (*loaded)(void *ctx, as_diags *diags);
  /* Bundles come in the order in which they were given. False: stop everything. */
  bool (*bundle)(void *ctx, const as_run_bundle *bundle);
  /* Step `done` of `total` of this bundle begins. May be NULL. */
  void (*progress)(void *ctx, size_t bundle, size_t done, size_t total);
  /* Of options->session: everything was judged, and the bundle can be asked until this returns (eval/ask.h). Then the run ends,
   * without a result document. A bundle that cannot be evaluated comes to `bundle` instead. */
  void (*session)(void *ctx, as_session *session, const as_run_bundle *bundle);
} as_run_listener;

/* Evaluates all bundles. Gives the exit code of what went wrong as a whole (AS_EXIT_OK, _INVALID where packs or config cannot be
 * used, _INTERNAL, _INTERRUPTED once *stop is true); how each bundle fared its own code says. */
int as_run(const as_run_options *options, const as_run_listener *listener, const volatile bool *stop);

/* Raises every wall in a process of its own that does nothing else. False, after an error among `diags`, where one is missing. */
bool as_run_walls(const as_run_options *options, as_diags *diags);

/* Diagnostics as plain data: a list of maps {code, severity, document, line, column, message, help, source}. `from`: index of the first. */
as_node *as_diags_nodes(as_arena *arena, const as_diags *diags, size_t from, size_t count);

/* The worst grade of findings that no exception covers: 0 none, 1 ofi, 2 observation, 3 minor_nc, 4 major_nc. */
int as_result_worst(const as_node *result);
/* major_nc → 4 …; -1 where the word is none of them. */
int as_result_rank(const char *grade);

/* Calls `module.function(argument)` of the stdlib in a child process of its own, after packs.load where `packs` is true (argument
 * borrowed). The text member of the answer named `text` goes to *text, the others to *rest (pinned to the arena, may be NULL).
 * Diagnostics are added to `diags`. False where it failed; why is among the diagnostics, and where a limit was met *rest says more of
 * it: {fault = "time" | "memory" | "steps", where = traceback}. */
typedef struct {
  const char *module, *function, *text;
  bool packs; /* packs.load comes first */
  bool bare;  /* without kinds: for reports, which need none */
  bool timed; /* the time limit of one rule holds for the call */
  bool whole; /* *rest has the lists and maps of the answer, too */
  const as_node *argument;
} as_run_call;
bool as_run_script(const as_run_options *options, const as_run_call *call, as_arena *arena, as_buf *text, as_node **rest, as_diags *diags,
                   const volatile bool *stop);

#endif
