#include "sqlite_baseline.h"

#include <stdlib.h>
#include <string.h>

struct sqlite_baseline {
    sqlite3 *handle;
};

static int run(sqlite3 *handle, const char *sql) {
    return sqlite3_exec(handle, sql, NULL, NULL, NULL);
}

sqlite_baseline *sqlite_baseline_open(const char *path, int full_durability) {
    sqlite_baseline *db = malloc(sizeof *db);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &db->handle, flags, NULL) != SQLITE_OK ||
        run(db->handle, "PRAGMA foreign_keys = 1") != SQLITE_OK ||
        run(db->handle, full_durability ? "PRAGMA synchronous = full"
                                        : "PRAGMA synchronous = normal") != SQLITE_OK ||
        run(db->handle, "PRAGMA journal_mode = wal") != SQLITE_OK) {
        sqlite_baseline_close(db);
        return NULL;
    }
    return db;
}

sqlite3 *sqlite_baseline_handle(sqlite_baseline *db) { return db->handle; }

void sqlite_baseline_close(sqlite_baseline *db) {
    sqlite3_close_v2(db->handle);
    free(db);
}

// Copies the title out of SQLite's memory, which is what "reading a row" comes to.
static int64_t read_row(sqlite3_stmt *statement) {
    int64_t id = sqlite3_column_int64(statement, 0);
    const unsigned char *title = sqlite3_column_text(statement, 1);
    int length = sqlite3_column_bytes(statement, 1);
    char copy[256];
    if (length > (int)sizeof copy) return -1;
    memcpy(copy, title, (size_t)length);
    int done = sqlite3_column_int(statement, 2);
    return id + length + done + copy[0];
}

static int64_t read_keys(sqlite_baseline *db, const int64_t *keys, int count) {
    sqlite3_stmt *statement = NULL;
    const char *sql = "SELECT id, title, done FROM todo WHERE id = ?";
    if (sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) != SQLITE_OK) return -1;
    int64_t sum = 0;
    for (int i = 0; i < count; i++) {
        sqlite3_bind_int64(statement, 1, keys[i]);
        if (sqlite3_step(statement) != SQLITE_ROW) return -1;
        sum += read_row(statement);
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    return sum;
}

int64_t sqlite_baseline_point_reads(sqlite_baseline *db, const int64_t *keys, int count) {
    if (run(db->handle, "BEGIN") != SQLITE_OK) return -1;
    int64_t sum = read_keys(db, keys, count);
    return run(db->handle, "COMMIT") == SQLITE_OK ? sum : -1;
}

int64_t sqlite_baseline_autocommit_reads(sqlite_baseline *db, const int64_t *keys, int count) {
    return read_keys(db, keys, count);
}

int64_t sqlite_baseline_empty(sqlite_baseline *db) {
    if (run(db->handle, "DELETE FROM todo") != SQLITE_OK) return -1;
    return run(db->handle, "PRAGMA wal_checkpoint(TRUNCATE)") == SQLITE_OK ? 0 : -1;
}

static int64_t insert_titles(sqlite_baseline *db, const char *const *titles, int count) {
    sqlite3_stmt *statement = NULL;
    const char *sql = "INSERT INTO todo (id, title, done) VALUES (?, ?, ?)";
    if (sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) != SQLITE_OK) return -1;
    for (int i = 1; i <= count; i++) {
        const char *title = titles[i - 1];
        sqlite3_bind_int64(statement, 1, i);
        sqlite3_bind_text(statement, 2, title, (int)strlen(title), SQLITE_TRANSIENT);
        sqlite3_bind_int(statement, 3, i % 2);
        if (sqlite3_step(statement) != SQLITE_DONE) return -1;
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    return count;
}

int64_t sqlite_baseline_insert(sqlite_baseline *db, const char *const *titles, int count) {
    if (run(db->handle, "BEGIN IMMEDIATE") != SQLITE_OK) return -1;
    int64_t inserted = insert_titles(db, titles, count);
    return run(db->handle, "COMMIT") == SQLITE_OK ? inserted : -1;
}

int64_t sqlite_baseline_autocommit_inserts(
    sqlite_baseline *db, const char *const *titles, int count) {
    return insert_titles(db, titles, count);
}
