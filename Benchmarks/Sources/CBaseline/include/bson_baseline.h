#ifndef STORAGEKIT_BSON_BASELINE_H
#define STORAGEKIT_BSON_BASELINE_H

#include <stdint.h>

// What a careful C program does with libbson for the user document of the bson suite: a user with a
// profile and three posts. Every function returns a check sum of what it did, or -1 on an error.

// Encodes `count` users, whose ages are 0, 1, ... 89, 0, ..., each into a document of its own, with
// bson_append_*.
int64_t bson_baseline_encode(int count);

// Decodes a document `count` times, field by field by name, with bson_iter_*, into a struct that
// keeps copies of its strings.
int64_t bson_baseline_decode(const uint8_t *bytes, int length, int count);

#endif
