#ifndef STORAGEKIT_CSQLITE_SHIM_H
#define STORAGEKIT_CSQLITE_SHIM_H

#include <sqlite3.h>
#include <string.h>

// SQLITE_TRANSIENT and SQLITE_STATIC are casts of integers to function pointers, which the Swift
// importer does not see; these return the same values.
static inline sqlite3_destructor_type storagekit_sqlite_transient(void) {
    return SQLITE_TRANSIENT;
}
static inline sqlite3_destructor_type storagekit_sqlite_static(void) {
    return SQLITE_STATIC;
}

// Without this, "name" means the text 'name' where no such column exists, and a misspelt identifier
// finds itself instead of an error. sqlite3_db_config is variadic, which Swift does not import.
static inline void storagekit_sqlite_forbid_double_quoted_strings(sqlite3 *database) {
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0);
}

// memcmp, for the comparison that proves a text was UTF-8: Swift's own goes byte by byte.
static inline int storagekit_bytes_are_equal(const void *left, const void *right, size_t count) {
    return memcmp(left, right, count) == 0;
}

#endif
