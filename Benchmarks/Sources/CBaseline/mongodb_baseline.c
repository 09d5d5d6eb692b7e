#include "mongodb_baseline.h"

#include <mongoc/mongoc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define DOCUMENTS "storagekit_bench_todo"
#define EMPTIED "storagekit_bench_emptied"

struct mongodb_baseline {
    mongoc_client_pool_t *pool;
    char *database;
};

mongodb_baseline *mongodb_baseline_open(const char *address, const char *database, int clients) {
    mongoc_init();
    mongoc_uri_t *uri = mongoc_uri_new(address);
    if (!uri) return NULL;
    mongodb_baseline *db = malloc(sizeof *db);
    db->pool = mongoc_client_pool_new(uri);
    mongoc_client_pool_max_size(db->pool, (uint32_t)clients);
    db->database = strdup(database);
    mongoc_uri_destroy(uri);
    return db;
}

void mongodb_baseline_close(mongodb_baseline *db) {
    mongoc_client_pool_destroy(db->pool);
    free(db->database);
    free(db);
}

// Copies the title out of the document, which is what a client's caller gets.
static int64_t read_document(const bson_t *document) {
    bson_iter_t iter;
    char title[256];
    int64_t id = -1;
    uint32_t length = 0;
    int done = 0;
    if (!bson_iter_init(&iter, document)) return -1;
    while (bson_iter_next(&iter)) {
        const char *key = bson_iter_key(&iter);
        if (strcmp(key, "_id") == 0) {
            id = bson_iter_as_int64(&iter);
        } else if (strcmp(key, "title") == 0) {
            const char *text = bson_iter_utf8(&iter, &length);
            if (!text || length < 1 || length > sizeof title) return -1;
            memcpy(title, text, length);
        } else if (strcmp(key, "done") == 0) {
            done = bson_iter_bool(&iter);
        }
    }
    return length < 1 ? -1 : id + length + (unsigned char)title[0] + done;
}

// The sum of what a cursor gives; frees it.
static int64_t read_all(mongoc_cursor_t *cursor) {
    const bson_t *document;
    int64_t sum = 0;
    while (sum >= 0 && mongoc_cursor_next(cursor, &document)) {
        int64_t one = read_document(document);
        sum = one < 0 ? -1 : sum + one;
    }
    if (mongoc_cursor_error(cursor, NULL)) sum = -1;
    mongoc_cursor_destroy(cursor);
    return sum;
}

static int64_t find(mongoc_collection_t *collection, const bson_t *options, int64_t key) {
    bson_t filter = BSON_INITIALIZER;
    BSON_APPEND_INT64(&filter, "_id", key);
    int64_t sum = read_all(mongoc_collection_find_with_opts(collection, &filter, options, NULL));
    bson_destroy(&filter);
    return sum > 0 ? sum : -1;
}

// Finds every `step`th of the keys from `first` on, with a client of its own.
static int64_t find_some(mongodb_baseline *db, const int64_t *keys, int count, int first,
                         int step) {
    mongoc_client_t *client = mongoc_client_pool_pop(db->pool);
    mongoc_collection_t *collection = mongoc_client_get_collection(client, db->database, DOCUMENTS);
    bson_t options = BSON_INITIALIZER;
    BSON_APPEND_INT64(&options, "limit", 1);
    BSON_APPEND_BOOL(&options, "singleBatch", true);
    int64_t sum = 0;
    for (int i = first; i < count && sum >= 0; i += step) {
        int64_t one = find(collection, &options, keys[i]);
        sum = one < 0 ? -1 : sum + one;
    }
    bson_destroy(&options);
    mongoc_collection_destroy(collection);
    mongoc_client_pool_push(db->pool, client);
    return sum;
}

int64_t mongodb_baseline_find(mongodb_baseline *db, const int64_t *keys, int count) {
    return find_some(db, keys, count, 0, 1);
}

typedef struct {
    mongodb_baseline *db;
    const int64_t *keys;
    int count, first, step;
    int64_t sum;
} part;

static void *find_part(void *argument) {
    part *mine = argument;
    mine->sum = find_some(mine->db, mine->keys, mine->count, mine->first, mine->step);
    return NULL;
}

int64_t mongodb_baseline_find_threads(mongodb_baseline *db, const int64_t *keys, int count,
                                      int threads) {
    pthread_t *ids = calloc((size_t)threads, sizeof *ids);
    part *parts = calloc((size_t)threads, sizeof *parts);
    for (int i = 0; i < threads; i++) {
        parts[i] = (part){db, keys, count, i, threads, 0};
        pthread_create(&ids[i], NULL, find_part, &parts[i]);
    }
    int64_t sum = 0;
    for (int i = 0; i < threads; i++) {
        pthread_join(ids[i], NULL);
        sum = parts[i].sum < 0 || sum < 0 ? -1 : sum + parts[i].sum;
    }
    free(parts);
    free(ids);
    return sum;
}

int64_t mongodb_baseline_stream(mongodb_baseline *db) {
    mongoc_client_t *client = mongoc_client_pool_pop(db->pool);
    mongoc_collection_t *collection = mongoc_client_get_collection(client, db->database, DOCUMENTS);
    bson_t filter = BSON_INITIALIZER;
    int64_t sum = read_all(mongoc_collection_find_with_opts(collection, &filter, NULL, NULL));
    mongoc_collection_destroy(collection);
    mongoc_client_pool_push(db->pool, client);
    return sum;
}

int64_t mongodb_baseline_insert(mongodb_baseline *db, const char *const *titles, int count) {
    mongoc_client_t *client = mongoc_client_pool_pop(db->pool);
    mongoc_collection_t *collection = mongoc_client_get_collection(client, db->database, EMPTIED);
    const bson_t **documents = calloc((size_t)count, sizeof *documents);
    for (int i = 0; i < count; i++) {
        bson_t *document = bson_new();
        BSON_APPEND_INT64(document, "_id", i + 1);
        BSON_APPEND_UTF8(document, "title", titles[i]);
        BSON_APPEND_BOOL(document, "done", (i + 1) % 2 == 1);
        documents[i] = document;
    }
    bool inserted =
        mongoc_collection_insert_many(collection, documents, (size_t)count, NULL, NULL, NULL);
    for (int i = 0; i < count; i++) bson_destroy((bson_t *)documents[i]);
    free(documents);
    mongoc_collection_destroy(collection);
    mongoc_client_pool_push(db->pool, client);
    return inserted ? count : -1;
}
