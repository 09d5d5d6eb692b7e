#ifndef STORAGEKIT_CHIREDIS_SHIM_H
#define STORAGEKIT_CHIREDIS_SHIM_H

#include <hiredis.h>
#include <stdbool.h>
#include <stddef.h>

/* Where the reader of hiredis puts what it parses: one table with one signature for all versions.
 *
 * hiredis hands every object to a function of redisReplyObjectFunctions, whose signatures changed
 * between 0.14 and 1.0 (the elements of an array became size_t, and there are more kinds). The
 * functions below are of the version that is compiled against and pass everything on to a sink.
 *
 * The sink needs no objects of hiredis's: the reader goes through a reply depth first, so what it
 * reports is the reply in order, an array before its elements. What the functions return to
 * hiredis is only a token, which it never looks into; hence there is nothing to free either.
 *
 * From 1.0 on hiredis also reads the kinds of RESP3, each version some more of them. A server sends
 * them only when it was asked to, which this client never does; a push or an attribute that was
 * taken for a reply would give every later reply to the wrong command. So they end the stream, as
 * they do with 0.14. A function refuses by returning NULL: hiredis parses nothing any more, and
 * says that there was no memory, so the true reason is in the sink. */
typedef enum storagekit_refusal {
    STORAGEKIT_REFUSED_NOTHING = 0,
    STORAGEKIT_REFUSED_KIND,
    STORAGEKIT_REFUSED_DEPTH,
} storagekit_refusal;

typedef struct storagekit_reply_sink {
    void *owner;
    void (*string)(void *owner, int type, const char *bytes, size_t count);
    /* Whether it takes another array within those that are open. */
    bool (*array)(void *owner, size_t count);
    void (*integer)(void *owner, long long value);
    void (*null)(void *owner);
    storagekit_refusal refusal;
} storagekit_reply_sink;

static inline void *storagekit_refuse(storagekit_reply_sink *sink, storagekit_refusal reason) {
    sink->refusal = reason;
    return NULL;
}

/* The sink, or NULL after a refusal: of a task whose kind RESP2 does not have. */
static inline storagekit_reply_sink *storagekit_sink(const redisReadTask *task) {
    storagekit_reply_sink *sink = (storagekit_reply_sink *)task->privdata;
    switch (task->type) {
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_ARRAY:
    case REDIS_REPLY_INTEGER:
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_ERROR: return sink;
    /* REDIS_REPLY_NIL too: RESP2's null is a string or an array of the length -1. */
    default: return (storagekit_reply_sink *)storagekit_refuse(sink, STORAGEKIT_REFUSED_KIND);
    }
}

static void *storagekit_create_string(const redisReadTask *task, char *bytes, size_t count) {
    storagekit_reply_sink *sink = storagekit_sink(task);
    if (sink != NULL) sink->string(sink->owner, task->type, bytes, count);
    return sink;
}

#if HIREDIS_MAJOR >= 1
static void *storagekit_create_array(const redisReadTask *task, size_t count) {
#else
static void *storagekit_create_array(const redisReadTask *task, int count) {
#endif
    storagekit_reply_sink *sink = storagekit_sink(task);
    if (sink == NULL || sink->array(sink->owner, (size_t)count)) return sink;
    return storagekit_refuse(sink, STORAGEKIT_REFUSED_DEPTH);
}

static void *storagekit_create_integer(const redisReadTask *task, long long value) {
    storagekit_reply_sink *sink = storagekit_sink(task);
    if (sink != NULL) sink->integer(sink->owner, value);
    return sink;
}

static void *storagekit_create_nil(const redisReadTask *task) {
    storagekit_reply_sink *sink = storagekit_sink(task);
    if (sink != NULL) sink->null(sink->owner);
    return sink;
}

#if HIREDIS_MAJOR >= 1
/* Without a function hiredis would report nothing and go on; with these it is refused. */
static void *storagekit_create_double(
    const redisReadTask *task, double value, char *text, size_t count) {
    (void)value, (void)text, (void)count;
    return storagekit_sink(task);
}

static void *storagekit_create_bool(const redisReadTask *task, int value) {
    (void)value;
    return storagekit_sink(task);
}
#endif

/* How many arrays hiredis's reader takes within one another. */
static inline int storagekit_reader_depth(void) {
#if HIREDIS_MAJOR >= 1
    return 1 << 20;
#else
    return 8;
#endif
}

static void storagekit_free_object(void *object) { (void)object; }

/* A reader that reports to the sink, which has to live as long as it does; NULL without memory. */
static inline redisReader *storagekit_reader_create(storagekit_reply_sink *sink) {
    static redisReplyObjectFunctions functions = {
        .createString = storagekit_create_string,
        .createArray = storagekit_create_array,
        .createInteger = storagekit_create_integer,
        .createNil = storagekit_create_nil,
#if HIREDIS_MAJOR >= 1
        .createDouble = storagekit_create_double,
        .createBool = storagekit_create_bool,
#endif
        .freeObject = storagekit_free_object,
    };
    redisReader *reader = redisReaderCreateWithFunctions(&functions);
    if (reader != NULL) reader->privdata = sink;
    return reader;
}

#endif
