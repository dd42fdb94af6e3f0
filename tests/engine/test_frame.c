/* Frames: messages of all sizes in all portions come out as they went in; what is not a frame breaks the stream for good. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "eval/frame.h"

static as_buf payload_of(size_t n) {
  as_buf b = {0};
  for (size_t i = 0; i < n; i++)
    as_buf_addc(&b, (char)(i * 31 + n));
  return b;
}

static void round_trip(size_t n, size_t portion) {
  as_buf payload = payload_of(n), wire = {0};
  assert_true(as_frame_write(&wire, AS_MSG_RESULT, 7, payload.data, payload.len));
  assert_true(as_frame_write(&wire, AS_MSG_DONE, 7, "", 0));
  as_frames *frames = as_frames_new();
  as_msg msg;
  size_t messages = 0;
  for (size_t at = 0; at < wire.len; at += portion) {
    as_frames_feed(frames, wire.data + at, wire.len - at < portion ? wire.len - at : portion);
    as_frames_state state;
    while ((state = as_frames_next(frames, &msg)) == AS_FRAMES_MESSAGE) {
      assert_int_equal(msg.stream, 7);
      if (messages++ == 0) {
        assert_int_equal(msg.type, AS_MSG_RESULT);
        assert_int_equal(msg.n, n);
        assert_true(n == 0 || memcmp(msg.bytes, payload.data, n) == 0);
      } else {
        assert_int_equal(msg.type, AS_MSG_DONE);
        assert_int_equal(msg.n, 0);
      }
    }
    assert_int_equal(state, AS_FRAMES_MORE);
  }
  assert_int_equal(messages, 2);
  assert_false(as_frames_partial(frames));
  as_frames_free(frames);
  as_buf_free(&payload);
  as_buf_free(&wire);
}

static void sizes(void **state) {
  (void)state;
  static const size_t all[] = {0, 1, 15, 16, 17, 1000, AS_FRAME_MAX - 1, AS_FRAME_MAX, AS_FRAME_MAX + 1, 3 * AS_FRAME_MAX, AS_MESSAGE_MAX};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    round_trip(all[i], 65536);
}

static void portions(void **state) {
  (void)state;
  round_trip(300, 1);
  round_trip(300, 7);
  round_trip(AS_FRAME_MAX + 5, 4093);
}

static void too_large(void **state) {
  (void)state;
  as_buf payload = payload_of(AS_MESSAGE_MAX + 1), wire = {0};
  assert_false(as_frame_write(&wire, AS_MSG_RESULT, 0, payload.data, payload.len));
  assert_int_equal(wire.len, 0);
  as_buf_free(&payload);
}

/* Writes one good frame, changes one byte, and says what the decoder makes of it. */
static as_frames_state with_byte(size_t at, unsigned char value) {
  as_buf wire = {0};
  as_frame_write(&wire, AS_MSG_RESULT, 1, "abcd", 4); /* of a type that may be larger than a frame */
  wire.data[at] = (char)value;
  as_frames *frames = as_frames_new();
  as_frames_feed(frames, wire.data, wire.len);
  as_msg msg;
  as_frames_state state = as_frames_next(frames, &msg);
  if (state == AS_FRAMES_BROKEN) { /* for good */
    as_buf good = {0};
    as_frame_write(&good, AS_MSG_STEP, 1, "abcd", 4);
    as_frames_feed(frames, good.data, good.len);
    assert_int_equal(as_frames_next(frames, &msg), AS_FRAMES_BROKEN);
    as_buf_free(&good);
  }
  as_frames_free(frames);
  as_buf_free(&wire);
  return state;
}

static void bad_headers(void **state) {
  (void)state;
  for (size_t i = 0; i < 4; i++) /* the magic */
    assert_int_equal(with_byte(i, 'x'), AS_FRAMES_BROKEN);
  assert_int_equal(with_byte(4, 0), AS_FRAMES_BROKEN); /* type */
  assert_int_equal(with_byte(4, AS_MSG_TYPES), AS_FRAMES_BROKEN);
  assert_int_equal(with_byte(5, 2), AS_FRAMES_BROKEN); /* flags */
  assert_int_equal(with_byte(5, 1), AS_FRAMES_BROKEN); /* more to follow, but the frame is not full */
  assert_int_equal(with_byte(6, 1), AS_FRAMES_BROKEN);
  assert_int_equal(with_byte(7, 1), AS_FRAMES_BROKEN);
  assert_int_equal(with_byte(15, 1), AS_FRAMES_BROKEN); /* length of 16 MB and more */
  assert_int_equal(with_byte(14, 0x11), AS_FRAMES_BROKEN); /* length just over 1 MB */
  assert_int_equal(with_byte(12, 5), AS_FRAMES_MORE);
}

/* A message of many frames may not change its type or stream, nor grow without end. */
static void bad_sequences(void **state) {
  (void)state;
  as_buf payload = payload_of(AS_FRAME_MAX + 10), wire = {0};
  as_frame_write(&wire, AS_MSG_RESULT, 1, payload.data, payload.len);
  for (int what = 0; what < 3; what++) {
    as_buf copy = {0};
    as_buf_add(&copy, wire.data, wire.len);
    unsigned char *second = (unsigned char *)copy.data + AS_FRAME_HEADER + AS_FRAME_MAX;
    if (what == 0)
      second[4] = AS_MSG_STEP;
    else if (what == 1)
      second[8] = 9;
    as_frames *frames = as_frames_new();
    as_msg msg;
    as_frames_feed(frames, copy.data, copy.len);
    assert_int_equal(as_frames_next(frames, &msg), what < 2 ? AS_FRAMES_BROKEN : AS_FRAMES_MESSAGE);
    as_frames_free(frames);
    as_buf_free(&copy);
  }
  as_frames *frames = as_frames_new();
  as_msg msg;
  as_frames_state s = AS_FRAMES_MORE;
  for (int i = 0; i < 17 && s == AS_FRAMES_MORE; i++) { /* 16 full frames and no end */
    as_frames_feed(frames, wire.data, AS_FRAME_HEADER + AS_FRAME_MAX);
    s = as_frames_next(frames, &msg);
  }
  assert_int_equal(s, AS_FRAMES_BROKEN);
  as_frames_free(frames);
  as_buf_free(&payload);
  as_buf_free(&wire);
}

static void partial(void **state) {
  (void)state;
  as_buf wire = {0};
  as_frame_write(&wire, AS_MSG_STEP, 1, "abcd", 4);
  as_frames *frames = as_frames_new();
  as_msg msg;
  assert_false(as_frames_partial(frames));
  as_frames_feed(frames, wire.data, wire.len - 1);
  assert_int_equal(as_frames_next(frames, &msg), AS_FRAMES_MORE);
  assert_true(as_frames_partial(frames));
  as_frames_free(frames);
  as_buf_free(&wire);
}

/* Any bytes at all: never a crash, never a message that was not there. */
static void noise(void **state) {
  (void)state;
  unsigned seed = 12345;
  for (int round = 0; round < 2000; round++) {
    as_buf wire = {0};
    as_frame_write(&wire, AS_MSG_STEP, 1, "abcdefgh", 8);
    as_frame_write(&wire, AS_MSG_DONE, 1, "ijkl", 4);
    for (int k = 0; k < 3; k++) {
      seed = seed * 1103515245u + 12345u;
      wire.data[(seed >> 8) % wire.len] = (char)(seed >> 20);
    }
    as_frames *frames = as_frames_new();
    as_frames_feed(frames, wire.data, wire.len);
    as_msg msg;
    int n = 0;
    while (as_frames_next(frames, &msg) == AS_FRAMES_MESSAGE && n < 10) {
      assert_true(msg.n <= wire.len);
      n++;
    }
    assert_true(n <= 3);
    as_frames_free(frames);
    as_buf_free(&wire);
  }
}

static void through_a_pipe(void **state) {
  (void)state;
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  as_arena *arena = as_arena_new();
  as_node *map = as_node_new(arena, AS_MAP);
  as_node_put(arena, map, "step", as_node_int(arena, 42));
  assert_true(as_frame_send(ends[1], AS_MSG_STEP, 3, map));
  close(ends[1]);
  char bytes[4096];
  ssize_t n = read(ends[0], bytes, sizeof bytes);
  assert_true(n > 0);
  as_frames *frames = as_frames_new();
  as_frames_feed(frames, bytes, (size_t)n);
  as_msg msg;
  as_node *back;
  assert_int_equal(as_frames_next(frames, &msg), AS_FRAMES_MESSAGE);
  assert_true(as_node_decode(arena, msg.bytes, msg.n, 100, &back));
  assert_int_equal(as_node_integer(back, "step", 0), 42);
  as_frames_free(frames);
  as_arena_free(arena);
  close(ends[0]);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(sizes),         cmocka_unit_test(portions), cmocka_unit_test(too_large), cmocka_unit_test(bad_headers),
                                     cmocka_unit_test(bad_sequences), cmocka_unit_test(partial),  cmocka_unit_test(noise),     cmocka_unit_test(through_a_pipe)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
