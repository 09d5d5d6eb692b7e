#ifndef STORAGEKIT_REDIS_BASELINE_H
#define STORAGEKIT_REDIS_BASELINE_H

#include <stdint.h>

// What a careful C program does with hiredis for each row of the redis suite. Every function
// returns a check sum of what it read or wrote, or -1 when hiredis or the server reported an error.

typedef struct redis_baseline redis_baseline;

// Opens a blocking connection; NULL when it cannot.
redis_baseline *redis_baseline_open(const char *host, int port);
void redis_baseline_close(redis_baseline *db);

// Runs one command of `count` arguments, for example AUTH or SELECT; 0, or -1 on an error.
int64_t redis_baseline_run(redis_baseline *db, const char *const *arguments, int count);

// Writes `count` keys with their values, and keeps copies for the functions below; call it once.
// 0, or -1 on an error.
int64_t redis_baseline_prepare(redis_baseline *db, const char *const *keys,
                               const char *const *values, int count);

// Deletes the keys that were prepared; 0, or -1 on an error.
int64_t redis_baseline_empty(redis_baseline *db);

// The functions below go through `count` keys by their index in what was prepared.

// Reads one key after the other, each awaited, with redisCommand.
int64_t redis_baseline_get(redis_baseline *db, const int32_t *order, int count);

// Reads the keys in pipelines: `depth` commands are sent, then their replies read.
int64_t redis_baseline_get_pipelined(redis_baseline *db, const int32_t *order, int count,
                                     int depth);

// Sets the keys to the values they have, in pipelines.
int64_t redis_baseline_set_pipelined(redis_baseline *db, const int32_t *order, int count,
                                     int depth);

// Reads the keys with MGET, `width` in each command.
int64_t redis_baseline_mget(redis_baseline *db, const int32_t *order, int count, int width);

// Begins to watch every command that the server is sent; the connection is good for nothing else
// afterwards. 0, or -1 on an error.
int64_t redis_baseline_watch(redis_baseline *db);

// Waits for a command with `marker` among its arguments, and writes the names of those before it,
// with a blank behind each, to `names`, as many as fit into `size` bytes. Commands that scripts
// make are not among them. How many there were, or -1 on an error.
int64_t redis_baseline_watched(redis_baseline *db, const char *marker, char *names, int size);

#endif
