#ifndef STORAGEKIT_POSTGRES_BASELINE_H
#define STORAGEKIT_POSTGRES_BASELINE_H

#include <stdint.h>

// What a careful C program does with libpq for each row of the postgres suite, in binary form as
// ours. Every function returns a check sum of what it read or the number of rows that it wrote, or
// -1 when libpq or the server reported an error.

typedef struct postgres_baseline postgres_baseline;

// Opens a blocking connection; NULL when it cannot.
postgres_baseline *postgres_baseline_open(const char *address);
void postgres_baseline_close(postgres_baseline *db);

// Runs statements without parameters; 0, or -1 on an error.
int64_t postgres_baseline_run(postgres_baseline *db, const char *sql);

// Copies the one value that a statement gives; 0, or -1 on an error.
int64_t postgres_baseline_value(postgres_baseline *db, const char *sql, char *value, int size);

// Prepares the statements of the functions below, whose tables must be there; 0, or -1.
int64_t postgres_baseline_prepare(postgres_baseline *db);

// Reads `count` rows by key, one after the other, with PQexecPrepared.
int64_t postgres_baseline_select(postgres_baseline *db, const int64_t *keys, int count);

// Reads every row in single-row mode, each field of it.
int64_t postgres_baseline_stream(postgres_baseline *db);

// Inserts `count` rows, with these titles and ids from 1, in pipelines of `depth` statements.
int64_t postgres_baseline_insert_pipelined(postgres_baseline *db, const char *const *titles,
                                           int count, int depth);

// Inserts the same rows with PQputCopyData, in binary form.
int64_t postgres_baseline_copy_in(postgres_baseline *db, const char *const *titles, int count);

#endif
