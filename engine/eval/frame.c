/* Frames: encoding, and a decoder that takes bytes in any portions.
 * Header, little-endian: "ASf1", type (1 byte), flags (1: 1 = more frames of this message follow), 0 (2),
 * stream (4), length (4). Must not know what a message means. */
#include "eval/frame.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define FLAG_MORE 1u
static const char MAGIC[4] = {'A', 'S', 'f', '1'};

/* Payload bytes of a message, by type. */
static const uint32_t most_bytes[AS_MSG_TYPES] = {
    [AS_MSG_LOADED] = AS_MESSAGE_MAX, [AS_MSG_DIAGS] = 4u << 20, [AS_MSG_BUNDLE] = 64u << 10, [AS_MSG_DOCUMENTS] = AS_MESSAGE_MAX,
    [AS_MSG_STEP] = 256, [AS_MSG_RESULT] = AS_MESSAGE_MAX, [AS_MSG_FAULT] = 64u << 10, [AS_MSG_DONE] = 64u << 10, [AS_MSG_TEXT] = AS_FRAME_MAX,
    [AS_MSG_WALLS] = 1024, [AS_MSG_ROWS] = AS_MESSAGE_MAX, [AS_MSG_READY] = 256, [AS_MSG_ASK] = AS_MESSAGE_MAX, [AS_MSG_CUT] = 256,
    [AS_MSG_ANSWER] = AS_MESSAGE_MAX};

struct as_frames {
  as_buf in;    /* bytes not yet looked at, from `at` on */
  size_t at;
  as_buf whole; /* payload of the message under way */
  bool open;    /* a frame with FLAG_MORE came: the message goes on */
  bool given;   /* `whole` was handed out and is to be emptied */
  bool broken;
  uint8_t type;
  uint32_t stream;
};

static void put32(unsigned char *p, uint32_t v) {
  p[0] = (unsigned char)(v & 0xff);
  p[1] = (unsigned char)(v >> 8 & 0xff);
  p[2] = (unsigned char)(v >> 16 & 0xff);
  p[3] = (unsigned char)(v >> 24);
}

static uint32_t get32(const unsigned char *p) {
  return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

bool as_frame_write(as_buf *out, as_msg_type type, uint32_t stream, const void *payload, size_t n) {
  if (n > most_bytes[type])
    return false;
  const char *p = payload;
  do {
    size_t part = n > AS_FRAME_MAX ? AS_FRAME_MAX : n;
    unsigned char head[AS_FRAME_HEADER] = {0};
    memcpy(head, MAGIC, sizeof MAGIC);
    head[4] = (unsigned char)type;
    head[5] = n > part ? FLAG_MORE : 0;
    put32(head + 8, stream);
    put32(head + 12, (uint32_t)part);
    as_buf_add(out, head, sizeof head);
    if (part)
      as_buf_add(out, p, part);
    p += part;
    n -= part;
  } while (n);
  return true;
}

bool as_frame_write_all(int fd, const void *bytes, size_t n) {
  const char *p = bytes;
  while (n) {
    ssize_t done = write(fd, p, n);
    if (done < 0) {
      if (errno == EINTR)
        continue;
      return false;
    }
    p += done;
    n -= (size_t)done;
  }
  return true;
}

bool as_frame_send(int fd, as_msg_type type, uint32_t stream, const as_node *node) {
  as_buf payload = {0}, out = {0};
  as_node_encode(node, &payload);
  bool ok = as_frame_write(&out, type, stream, payload.data, payload.len);
  if (!ok)
    errno = EMSGSIZE;
  else
    ok = as_frame_write_all(fd, out.data, out.len);
  int saved = errno;
  as_buf_free(&payload);
  as_buf_free(&out);
  errno = saved;
  return ok;
}

as_frames *as_frames_new(void) { return as_calloc(1, sizeof(as_frames)); }

void as_frames_free(as_frames *frames) {
  if (!frames)
    return;
  as_buf_free(&frames->in);
  as_buf_free(&frames->whole);
  as_free(frames);
}

void as_frames_feed(as_frames *frames, const void *bytes, size_t n) {
  if (frames->broken || n == 0)
    return;
  if (frames->at == frames->in.len) {
    frames->at = frames->in.len = 0;
  } else if (frames->at > AS_FRAME_MAX) { /* keeps the buffer from growing with what was read long ago */
    memmove(frames->in.data, frames->in.data + frames->at, frames->in.len - frames->at);
    frames->in.len -= frames->at;
    frames->at = 0;
  }
  as_buf_add(&frames->in, bytes, n);
}

static as_frames_state fail(as_frames *frames) {
  frames->broken = true;
  return AS_FRAMES_BROKEN;
}

as_frames_state as_frames_next(as_frames *frames, as_msg *out) {
  if (frames->broken)
    return AS_FRAMES_BROKEN;
  if (frames->given) {
    frames->given = false;
    frames->whole.len = 0;
  }
  for (;;) {
    size_t have = frames->in.len - frames->at;
    if (have < AS_FRAME_HEADER)
      return AS_FRAMES_MORE;
    const unsigned char *head = (const unsigned char *)frames->in.data + frames->at;
    uint32_t stream = get32(head + 8), length = get32(head + 12);
    bool more = head[5] & FLAG_MORE;
    if (memcmp(head, MAGIC, sizeof MAGIC) != 0 || head[4] == 0 || head[4] >= AS_MSG_TYPES || (head[5] & ~FLAG_MORE) != 0 ||
        head[6] != 0 || head[7] != 0 || length > AS_FRAME_MAX)
      return fail(frames);
    if (more && length != AS_FRAME_MAX) /* only a full frame may be followed by more of the same message */
      return fail(frames);
    if (frames->open && (head[4] != frames->type || stream != frames->stream))
      return fail(frames);
    if (frames->whole.len + length > most_bytes[head[4]])
      return fail(frames);
    if (have - AS_FRAME_HEADER < length)
      return AS_FRAMES_MORE;
    frames->type = head[4];
    frames->stream = stream;
    as_buf_add(&frames->whole, head + AS_FRAME_HEADER, length);
    frames->at += AS_FRAME_HEADER + length;
    frames->open = more;
    if (more)
      continue;
    frames->given = true;
    *out = (as_msg){(as_msg_type)frames->type, stream, frames->whole.data ? frames->whole.data : "", frames->whole.len};
    return AS_FRAMES_MESSAGE;
  }
}

bool as_frames_partial(const as_frames *frames) { return frames->open || frames->at < frames->in.len; }

bool as_quota_take(as_quota *left, const as_msg *msg) {
  if (left->messages == 0 || left->bytes < msg->n)
    return false;
  left->messages--;
  left->bytes -= msg->n;
  return true;
}
