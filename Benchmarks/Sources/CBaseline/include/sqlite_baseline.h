#ifndef STORAGEKIT_SQLITE_BASELINE_H
#define STORAGEKIT_SQLITE_BASELINE_H

#include <sqlite3.h>
#include <stdint.h>

// What a careful C program does with libsqlite3 for each row of the sqlite suite. Every function
// returns a check sum of what it read, or -1 when SQLite reported an error.

typedef struct sqlite_baseline sqlite_baseline;

// Opens the database with the pragmas that RelationalBackend uses; NULL when it cannot.
sqlite_baseline *sqlite_baseline_open(const char *path, int full_durability);
// The connection, for the baselines that are written in Swift.
sqlite3 *sqlite_baseline_handle(sqlite_baseline *db);

void sqlite_baseline_close(sqlite_baseline *db);

// Reads `count` rows by key with one prepared statement inside one read transaction.
int64_t sqlite_baseline_point_reads(sqlite_baseline *db, const int64_t *keys, int count);

// Empties the table and checkpoints the write-ahead log; 0, or -1 on an error.
int64_t sqlite_baseline_empty(sqlite_baseline *db);

// Inserts `count` rows, with these titles and ids from 1, with one prepared statement inside one
// transaction.
int64_t sqlite_baseline_insert(sqlite_baseline *db, const char *const *titles, int count);

// The same reads, each in a transaction of its own.
int64_t sqlite_baseline_autocommit_reads(sqlite_baseline *db, const int64_t *keys, int count);

// The same rows, each in a transaction of its own.
int64_t sqlite_baseline_autocommit_inserts(
    sqlite_baseline *db, const char *const *titles, int count);

#endif
