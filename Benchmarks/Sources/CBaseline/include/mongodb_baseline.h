#ifndef STORAGEKIT_MONGODB_BASELINE_H
#define STORAGEKIT_MONGODB_BASELINE_H

#include <stdint.h>

// What a careful C program does with libmongoc for each document of the mongodb suite. Every
// function returns a check sum of what it read or the number of documents that it wrote, or -1 when
// libmongoc or the server reported an error.

typedef struct mongodb_baseline mongodb_baseline;

// Makes a pool of clients; NULL when the address is none.
mongodb_baseline *mongodb_baseline_open(const char *address, const char *database, int clients);
void mongodb_baseline_close(mongodb_baseline *db);

// Finds `count` documents by key, one after the other.
int64_t mongodb_baseline_find(mongodb_baseline *db, const int64_t *keys, int count);

// Finds them with so many threads, each with a client and a part of the keys.
int64_t mongodb_baseline_find_threads(mongodb_baseline *db, const int64_t *keys, int count,
                                      int threads);

// Reads every document, each field of it.
int64_t mongodb_baseline_stream(mongodb_baseline *db);

// Inserts `count` documents, with these titles and ids from 1, in one call.
int64_t mongodb_baseline_insert(mongodb_baseline *db, const char *const *titles, int count);

#endif
