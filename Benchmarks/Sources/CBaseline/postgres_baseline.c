#include "postgres_baseline.h"

#include <postgresql/libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#define ROWS "storagekit_bench_todo"
#define EMPTIED "storagekit_bench_emptied"

// The object ids of the types, from PostgreSQL's catalog.
enum { type_boolean = 16, type_bigint = 20, type_text = 25 };

enum { binary = 1 };

// Numbers are big-endian in the protocol; compilers make these loops one instruction.
static void write_big_endian(char *to, uint64_t value, int size) {
    for (int i = size - 1; i >= 0; i--, value >>= 8) to[i] = (char)value;
}

static int64_t read_int64(const char *from) {
    uint64_t value = 0;
    for (int i = 0; i < 8; i++) value = value << 8 | (unsigned char)from[i];
    return (int64_t)value;
}

struct postgres_baseline {
    PGconn *connection;
};

postgres_baseline *postgres_baseline_open(const char *address) {
    postgres_baseline *db = malloc(sizeof *db);
    db->connection = PQconnectdb(address);
    if (PQstatus(db->connection) == CONNECTION_OK) return db;
    postgres_baseline_close(db);
    return NULL;
}

void postgres_baseline_close(postgres_baseline *db) {
    PQfinish(db->connection);
    free(db);
}

// 0 when the result has this status, otherwise -1; frees it.
static int64_t expect(PGresult *result, ExecStatusType status) {
    int64_t outcome = PQresultStatus(result) == status ? 0 : -1;
    PQclear(result);
    return outcome;
}

int64_t postgres_baseline_run(postgres_baseline *db, const char *sql) {
    return expect(PQexec(db->connection, sql), PGRES_COMMAND_OK);
}

int64_t postgres_baseline_value(postgres_baseline *db, const char *sql, char *value, int size) {
    PGresult *result = PQexec(db->connection, sql);
    int fits = PQresultStatus(result) == PGRES_TUPLES_OK && PQgetlength(result, 0, 0) < size;
    if (fits) strcpy(value, PQgetvalue(result, 0, 0));
    PQclear(result);
    return fits ? 0 : -1;
}

int64_t postgres_baseline_prepare(postgres_baseline *db) {
    static const Oid types[] = {type_bigint, type_text, type_boolean};
    PGresult *select = PQprepare(
        db->connection, "find", "SELECT id, title, done FROM " ROWS " WHERE id = $1", 1, types);
    PGresult *insert = PQprepare(
        db->connection, "insert", "INSERT INTO " EMPTIED " (id, title, done) VALUES ($1, $2, $3)",
        3, types);
    int64_t prepared = expect(select, PGRES_COMMAND_OK) + expect(insert, PGRES_COMMAND_OK);
    return prepared == 0 ? 0 : -1;
}

// ---- Reading -----------------------------------------------------------------------------------

// Copies the title out of the result, which is what a client's caller gets.
static int64_t read_row(const PGresult *result, int row) {
    char title[256];
    int length = PQgetlength(result, row, 1);
    if (PQgetlength(result, row, 0) != 8 || length < 1 || (size_t)length > sizeof title) return -1;
    int64_t id = read_int64(PQgetvalue(result, row, 0));
    memcpy(title, PQgetvalue(result, row, 1), (size_t)length);
    int done = PQgetvalue(result, row, 2)[0] != 0;
    return id + length + (unsigned char)title[0] + done;
}

static int64_t find(postgres_baseline *db, int64_t key) {
    char bytes[8];
    write_big_endian(bytes, (uint64_t)key, sizeof bytes);
    const char *const values[] = {bytes};
    static const int lengths[] = {sizeof bytes}, formats[] = {binary};
    PGresult *result = PQexecPrepared(db->connection, "find", 1, values, lengths, formats, binary);
    int found = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1;
    int64_t sum = found ? read_row(result, 0) : -1;
    PQclear(result);
    return sum;
}

int64_t postgres_baseline_select(postgres_baseline *db, const int64_t *keys, int count) {
    int64_t sum = 0;
    for (int i = 0; i < count; i++) {
        int64_t row = find(db, keys[i]);
        if (row < 0) return -1;
        sum += row;
    }
    return sum;
}

// What the result adds to the check sum, 0 for the last one, which has no row; frees it.
static int64_t take_row(PGresult *result) {
    int64_t sum = -1;
    if (PQresultStatus(result) == PGRES_SINGLE_TUPLE) sum = read_row(result, 0);
    if (PQresultStatus(result) == PGRES_TUPLES_OK) sum = 0;
    PQclear(result);
    return sum;
}

int64_t postgres_baseline_stream(postgres_baseline *db) {
    const char *sql = "SELECT id, title, done FROM " ROWS;
    if (!PQsendQueryParams(db->connection, sql, 0, NULL, NULL, NULL, NULL, binary) ||
        !PQsetSingleRowMode(db->connection))
        return -1;
    int64_t sum = 0;
    PGresult *result;
    while ((result = PQgetResult(db->connection)) != NULL) {
        int64_t row = take_row(result);
        sum = row < 0 || sum < 0 ? -1 : sum + row;
    }
    return sum;
}

// ---- Writing -----------------------------------------------------------------------------------

static int send_insert(postgres_baseline *db, int64_t id, const char *title) {
    char bytes[8], done = id % 2 == 1;
    write_big_endian(bytes, (uint64_t)id, sizeof bytes);
    const char *const values[] = {bytes, title, &done};
    const int lengths[] = {sizeof bytes, (int)strlen(title), sizeof done};
    static const int formats[] = {binary, binary, binary};
    return PQsendQueryPrepared(db->connection, "insert", 3, values, lengths, formats, binary);
}

// The next result of a pipeline has this status, and, unless it is the sync, is the only one of its
// statement; 0, or -1.
static int64_t expect_next(postgres_baseline *db, ExecStatusType status) {
    int64_t outcome = expect(PQgetResult(db->connection), status);
    PGresult *end = status == PGRES_PIPELINE_SYNC ? NULL : PQgetResult(db->connection);
    PQclear(end);
    return end == NULL ? outcome : -1;
}

// The rows from `start` to `end`; all of them or none are inserted.
static int64_t pipeline(postgres_baseline *db, const char *const *titles, int start, int end) {
    for (int i = start; i < end; i++) {
        if (!send_insert(db, i + 1, titles[i])) return -1;
    }
    if (!PQpipelineSync(db->connection)) return -1;
    for (int i = start; i < end; i++) {
        if (expect_next(db, PGRES_COMMAND_OK) != 0) return -1;
    }
    return expect_next(db, PGRES_PIPELINE_SYNC) == 0 ? end - start : -1;
}

int64_t postgres_baseline_insert_pipelined(postgres_baseline *db, const char *const *titles,
                                           int count, int depth) {
    int64_t sum = 0;
    if (!PQenterPipelineMode(db->connection)) return -1;
    for (int start = 0; start < count && sum >= 0; start += depth) {
        int end = start + depth < count ? start + depth : count;
        int64_t rows = pipeline(db, titles, start, end);
        sum = rows < 0 ? -1 : sum + rows;
    }
    return PQexitPipelineMode(db->connection) ? sum : -1;
}

// Rows on their way to the server: PQputCopyData is called with some kilobytes at once.
struct copy {
    char bytes[16 << 10];
    size_t used;
};

static void put(struct copy *copy, const void *bytes, size_t count) {
    memcpy(copy->bytes + copy->used, bytes, count);
    copy->used += count;
}

static void put_number(struct copy *copy, uint64_t value, int size) {
    write_big_endian(copy->bytes + copy->used, value, size);
    copy->used += (size_t)size;
}

// The number of columns in two bytes, and each value behind its length in four.
static void put_row(struct copy *copy, int64_t id, const char *title) {
    size_t length = strlen(title);
    put_number(copy, 3, 2);
    put_number(copy, 8, 4);
    put_number(copy, (uint64_t)id, 8);
    put_number(copy, length, 4);
    put(copy, title, length);
    put_number(copy, 1, 4);
    put_number(copy, id % 2 == 1, 1);
}

static int send_copy(postgres_baseline *db, struct copy *copy) {
    int sent = PQputCopyData(db->connection, copy->bytes, (int)copy->used) == 1;
    copy->used = 0;
    return sent;
}

static int send_rows(postgres_baseline *db, const char *const *titles, int count) {
    static const char signature[] = "PGCOPY\n\377\r\n";
    // The longest row: its titles have less than 256 bytes.
    enum { longest_row = 512 };
    struct copy copy = {.used = 0};
    put(&copy, signature, sizeof signature);
    // No flags, and no extension of the header.
    put_number(&copy, 0, 8);
    for (int i = 0; i < count; i++) {
        put_row(&copy, i + 1, titles[i]);
        if (copy.used + longest_row > sizeof copy.bytes && !send_copy(db, &copy)) return 0;
    }
    put_number(&copy, UINT16_MAX, 2);
    return send_copy(db, &copy);
}

int64_t postgres_baseline_copy_in(postgres_baseline *db, const char *const *titles, int count) {
    const char *sql = "COPY " EMPTIED " (id, title, done) FROM STDIN (FORMAT binary)";
    if (expect(PQexec(db->connection, sql), PGRES_COPY_IN) != 0) return -1;
    if (!send_rows(db, titles, count) || PQputCopyEnd(db->connection, NULL) != 1) return -1;
    PGresult *result = PQgetResult(db->connection);
    int64_t rows = PQresultStatus(result) == PGRES_COMMAND_OK ? atoll(PQcmdTuples(result)) : -1;
    PQclear(result);
    PGresult *end = PQgetResult(db->connection);
    PQclear(end);
    return end == NULL ? rows : -1;
}
