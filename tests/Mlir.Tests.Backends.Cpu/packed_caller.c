// Calls main__packed on two arrays from standard input and writes its first result: what KernelFrame is to a kernel, in C.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct frame {
  int32_t status, reserved;
  void *owner;
  void *(*allocate_result)(struct frame *, int32_t index, int64_t count, int32_t size);
  void *(*allocate)(int64_t bytes, int64_t alignment);
  void (*release)(void *);
  void (*parallel_for)(struct frame *, void (*body)(void *, int64_t, int64_t), void *context, int64_t count, int64_t grain);
};

void main__packed(int64_t *slots, struct frame *);

static void *result;
static size_t result_bytes;

static void *allocate(int64_t bytes, int64_t alignment) {
  size_t unit = alignment < 64 ? 64 : (size_t)alignment;
  return aligned_alloc(unit, ((size_t)bytes + unit) / unit * unit);
}

static void *allocate_result(struct frame *frame, int32_t index, int64_t count, int32_t size) {
  (void)frame;
  result_bytes = (size_t)count * (size_t)size;
  return index == 0 ? result = allocate((int64_t)result_bytes, 64) : NULL;
}

static void parallel_for(struct frame *frame, void (*body)(void *, int64_t, int64_t), void *context, int64_t count, int64_t grain) {
  (void)frame, (void)grain;
  body(context, count / 2, count); // in an order of its own
  body(context, 0, count / 2);
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  size_t count = strtoul(argv[1], NULL, 10), bytes = count * strtoul(argv[2], NULL, 10);
  char *x = allocate((int64_t)bytes, 64), *y = allocate((int64_t)bytes, 64);
  if (fread(x, 1, bytes, stdin) != bytes || fread(y, 1, bytes, stdin) != bytes) return 3;
  struct frame frame = {0, 0, NULL, allocate_result, allocate, free, parallel_for};
  int64_t slots[16] = {(int64_t)x, (int64_t)count, (int64_t)y, (int64_t)count};
  main__packed(slots, &frame);
  if (frame.status != 0) return 4;
  return fwrite(result, 1, result_bytes, stdout) == result_bytes ? 0 : 5;
}
