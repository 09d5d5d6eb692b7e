#include "redis_baseline.h"

#include <hiredis/hiredis.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *bytes;
    size_t length;
};

struct redis_baseline {
    redisContext *context;
    struct text *keys;
    struct text *values;
    int count;
};

static struct text *copy_texts(const char *const *strings, int count) {
    struct text *texts = malloc((size_t)count * sizeof *texts);
    for (int i = 0; i < count; i++) {
        size_t length = strlen(strings[i]);
        texts[i] = (struct text){.bytes = malloc(length), .length = length};
        memcpy(texts[i].bytes, strings[i], length);
    }
    return texts;
}

static void free_texts(struct text *texts, int count) {
    for (int i = 0; i < count; i++) free(texts[i].bytes);
    free(texts);
}

redis_baseline *redis_baseline_open(const char *host, int port) {
    redis_baseline *db = calloc(1, sizeof *db);
    db->context = redisConnect(host, port);
    if (db->context == NULL || db->context->err != 0) {
        redis_baseline_close(db);
        return NULL;
    }
    return db;
}

void redis_baseline_close(redis_baseline *db) {
    if (db->context != NULL) redisFree(db->context);
    free_texts(db->keys, db->count);
    free_texts(db->values, db->count);
    free(db);
}

// 0, or -1 when there is no reply or it is an error; frees the reply.
static int64_t accept_any(redisReply *reply) {
    if (reply == NULL) return -1;
    int64_t result = reply->type == REDIS_REPLY_ERROR ? -1 : 0;
    freeReplyObject(reply);
    return result;
}

int64_t redis_baseline_run(redis_baseline *db, const char *const *arguments, int count) {
    return accept_any(redisCommandArgv(db->context, count, (const char **)arguments, NULL));
}

int64_t redis_baseline_prepare(redis_baseline *db, const char *const *keys,
                               const char *const *values, int count) {
    db->keys = copy_texts(keys, count);
    db->values = copy_texts(values, count);
    db->count = count;
    for (int32_t i = 0; i < count; i++) {
        if (redis_baseline_set_pipelined(db, &i, 1, 1) != 1) return -1;
    }
    return 0;
}

int64_t redis_baseline_empty(redis_baseline *db) {
    for (int i = 0; i < db->count; i++) {
        struct text key = db->keys[i];
        redisReply *reply = redisCommand(db->context, "UNLINK %b", key.bytes, key.length);
        if (accept_any(reply) != 0) return -1;
    }
    return 0;
}

// Copies the value out of the reply, which is what a client's caller gets.
static int64_t read_value(const redisReply *reply) {
    char copy[256];
    if (reply == NULL || reply->type != REDIS_REPLY_STRING) return -1;
    if (reply->len == 0 || (size_t)reply->len > sizeof copy) return -1;
    memcpy(copy, reply->str, (size_t)reply->len);
    return (int64_t)reply->len + (unsigned char)copy[0] + (unsigned char)copy[reply->len - 1];
}

// The value's check sum; frees the reply.
static int64_t take_value(redisReply *reply) {
    int64_t value = read_value(reply);
    freeReplyObject(reply);
    return value;
}

int64_t redis_baseline_get(redis_baseline *db, const int32_t *order, int count) {
    int64_t sum = 0;
    for (int i = 0; i < count; i++) {
        struct text key = db->keys[order[i]];
        int64_t value = take_value(redisCommand(db->context, "GET %b", key.bytes, key.length));
        if (value < 0) return -1;
        sum += value;
    }
    return sum;
}

static int append_get(redis_baseline *db, int32_t n) {
    const char *arguments[] = {"GET", db->keys[n].bytes};
    const size_t lengths[] = {3, db->keys[n].length};
    return redisAppendCommandArgv(db->context, 2, arguments, lengths);
}

static int append_set(redis_baseline *db, int32_t n) {
    const char *arguments[] = {"SET", db->keys[n].bytes, db->values[n].bytes};
    const size_t lengths[] = {3, db->keys[n].length, db->values[n].length};
    return redisAppendCommandArgv(db->context, 3, arguments, lengths);
}

// 1 for OK; frees the reply.
static int64_t take_status(redisReply *reply) {
    if (reply == NULL) return -1;
    int64_t result = reply->type == REDIS_REPLY_STATUS ? 1 : -1;
    freeReplyObject(reply);
    return result;
}

typedef int (*appender)(redis_baseline *, int32_t);
typedef int64_t (*taker)(redisReply *);

static int64_t pipelined(redis_baseline *db, const int32_t *order, int count, int depth,
                         appender append, taker take) {
    int64_t sum = 0;
    for (int start = 0; start < count; start += depth) {
        int end = start + depth < count ? start + depth : count;
        for (int i = start; i < end; i++) {
            if (append(db, order[i]) != REDIS_OK) return -1;
        }
        for (int i = start; i < end; i++) {
            void *reply = NULL;
            if (redisGetReply(db->context, &reply) != REDIS_OK) return -1;
            int64_t value = take(reply);
            if (value < 0) return -1;
            sum += value;
        }
    }
    return sum;
}

int64_t redis_baseline_get_pipelined(redis_baseline *db, const int32_t *order, int count,
                                     int depth) {
    return pipelined(db, order, count, depth, append_get, take_value);
}

int64_t redis_baseline_set_pipelined(redis_baseline *db, const int32_t *order, int count,
                                     int depth) {
    return pipelined(db, order, count, depth, append_set, take_status);
}

// The check sum of all values; frees the reply.
static int64_t take_values(redisReply *reply, int count) {
    int64_t sum = 0;
    if (reply == NULL) return -1;
    if (reply->type != REDIS_REPLY_ARRAY || (int)reply->elements != count) sum = -1;
    for (int i = 0; i < count && sum >= 0; i++) {
        int64_t value = read_value(reply->element[i]);
        sum = value < 0 ? -1 : sum + value;
    }
    freeReplyObject(reply);
    return sum;
}

static int64_t mget(redis_baseline *db, const int32_t *order, int count, const char **arguments,
                    size_t *lengths) {
    arguments[0] = "MGET";
    lengths[0] = 4;
    for (int i = 0; i < count; i++) {
        arguments[i + 1] = db->keys[order[i]].bytes;
        lengths[i + 1] = db->keys[order[i]].length;
    }
    return take_values(redisCommandArgv(db->context, count + 1, arguments, lengths), count);
}

int64_t redis_baseline_mget(redis_baseline *db, const int32_t *order, int count, int width) {
    const char **arguments = malloc((size_t)(width + 1) * sizeof *arguments);
    size_t *lengths = malloc((size_t)(width + 1) * sizeof *lengths);
    int64_t sum = 0;
    for (int start = 0; start < count && sum >= 0; start += width) {
        int size = start + width < count ? width : count - start;
        int64_t values = mget(db, order + start, size, arguments, lengths);
        sum = values < 0 ? -1 : sum + values;
    }
    free(arguments);
    free(lengths);
    return sum;
}

int64_t redis_baseline_watch(redis_baseline *db) {
    return accept_any(redisCommand(db->context, "MONITOR"));
}

// Appends the name in a line of MONITOR: 1699.1 [0 127.0.0.1:6000] "mget" "key"
static void append_name(const char *line, char *names, int size) {
    const char *begin = strchr(line, '"');
    const char *end = begin == NULL ? NULL : strchr(begin + 1, '"');
    size_t used = strlen(names);
    if (end == NULL || used + (size_t)(end - begin) + 1 > (size_t)size) return;
    memcpy(names + used, begin + 1, (size_t)(end - begin - 1));
    memcpy(names + used + (end - begin - 1), " ", 2);
}

int64_t redis_baseline_watched(redis_baseline *db, const char *marker, char *names, int size) {
    names[0] = 0;
    for (int64_t count = 0;;) {
        redisReply *reply = NULL;
        if (redisGetReply(db->context, (void **)&reply) != REDIS_OK) return -1;
        int is_line = reply != NULL && reply->type == REDIS_REPLY_STATUS;
        int is_end = is_line && strstr(reply->str, marker) != NULL;
        if (is_line && !is_end && strstr(reply->str, " lua] ") == NULL) {
            append_name(reply->str, names, size);
            count++;
        }
        freeReplyObject(reply);
        if (!is_line) return -1;
        if (is_end) return count;
    }
}
