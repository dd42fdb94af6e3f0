/* Frames: how processes of one evaluation talk through a pipe.
 *
 * A message (type, stream, payload) travels in one or more frames of at most AS_FRAME_MAX bytes. The
 * decoder trusts nothing: one bad header and the stream is broken for good. */
#ifndef AS_EVAL_FRAME_H
#define AS_EVAL_FRAME_H

#include "base/node.h"

#define AS_FRAME_HEADER 16u
#define AS_FRAME_MAX (1u << 20)    /* payload bytes of one frame */
#define AS_MESSAGE_MAX (16u << 20) /* payload bytes of one message; of most types less */
#define AS_MESSAGE_NODES 1000000u  /* nodes of one message */
#define AS_RESULT_MAX (1u << 20)   /* payload bytes of the result of one rule; longer lists of findings are cut by who sends it */
#define AS_RESULT_NODES 65536u     /* and its nodes */

typedef enum {
  AS_MSG_LOADED = 1, /* zygote: packs, plan */
  AS_MSG_DIAGS,      /* a list of diagnostics */
  AS_MSG_BUNDLE,     /* worker: what was read */
  AS_MSG_DOCUMENTS,  /* worker: some documents, in order */
  AS_MSG_STEP,       /* runner: this step begins */
  AS_MSG_RESULT,     /* of a step */
  AS_MSG_FAULT,      /* runner: a limit was broken; zygote: the same while loading */
  AS_MSG_DONE,       /* worker: nothing more to come; zygote: how a worker ended */
  AS_MSG_TEXT,       /* render: a piece of the text */
  AS_MSG_WALLS,      /* zygote, first of all: which walls are up */
  AS_MSG_ROWS,       /* query, session: names of columns, rows */
  AS_MSG_READY,      /* session: it can be asked */
  AS_MSG_ASK,        /* down: a question for the session */
  AS_MSG_CUT,        /* down: the question under way shall end */
  AS_MSG_ANSWER,     /* session: behind its rows and texts, how the question came out */
  AS_MSG_TYPES
} as_msg_type;

typedef struct {
  as_msg_type type;
  uint32_t stream;   /* number of the bundle; stamped by whoever relays */
  const char *bytes; /* borrowed until the next call of as_frames_next or as_frames_feed */
  size_t n;
} as_msg;

/* Appends the frames of one message. Payloads that are too large for their type are refused (false, nothing added). */
bool as_frame_write(as_buf *out, as_msg_type type, uint32_t stream, const void *payload, size_t n);
/* Encodes `node` and writes the whole message to fd. False with errno; EMSGSIZE where it is too large. */
bool as_frame_send(int fd, as_msg_type type, uint32_t stream, const as_node *node);
/* Writes all bytes, across EINTR and short writes. */
bool as_frame_write_all(int fd, const void *bytes, size_t n);

typedef struct as_frames as_frames;
as_frames *as_frames_new(void);
void as_frames_free(as_frames *frames);
void as_frames_feed(as_frames *frames, const void *bytes, size_t n);
typedef enum { AS_FRAMES_MORE, AS_FRAMES_MESSAGE, AS_FRAMES_BROKEN } as_frames_state;
/* The next whole message, or that more bytes are needed, or that the stream cannot be trusted (for good). */
as_frames_state as_frames_next(as_frames *frames, as_msg *out);
/* True where bytes of an unfinished message are waiting: the sender died in the middle. */
bool as_frames_partial(const as_frames *frames);

/* How much a sender may still send. */
typedef struct {
  uint32_t messages;
  uint64_t bytes;
} as_quota;
/* Takes a message off it. False where that is too much: the sender floods. */
bool as_quota_take(as_quota *left, const as_msg *msg);

#endif
