#ifndef STORAGEKIT_CHIREDIS_SHIM_H
#define STORAGEKIT_CHIREDIS_SHIM_H

#include <hiredis.h>
#include <stddef.h>

/* Where the reader of hiredis puts what it parses: one table with one signature for all versions.
 *
 * hiredis hands every object to a function of redisReplyObjectFunctions, whose signatures changed
 * between 0.14 and 1.0 (the elements of an array became size_t, and there are more kinds). The
 * functions below are of the version that is compiled against and pass everything on to a sink.
 *
 * The sink needs no objects of hiredis's: the reader goes through a reply depth first, so what it
 * reports is the reply in order, an array before its elements. What the functions return to
 * hiredis is only a token, which it never looks into; hence there is nothing to free either. */
typedef struct storagekit_reply_sink {
    void *owner;
    void (*string)(void *owner, int type, const char *bytes, size_t count);
    void (*array)(void *owner, size_t count);
    void (*integer)(void *owner, long long value);
    void (*null)(void *owner);
} storagekit_reply_sink;

static inline storagekit_reply_sink *storagekit_sink(const redisReadTask *task) {
    return (storagekit_reply_sink *)task->privdata;
}

static void *storagekit_create_string(const redisReadTask *task, char *bytes, size_t count) {
    storagekit_reply_sink *sink = storagekit_sink(task);
    sink->string(sink->owner, task->type, bytes, count);
    return sink;
}

#if HIREDIS_MAJOR >= 1
static void *storagekit_create_array(const redisReadTask *task, size_t count) {
#else
static void *storagekit_create_array(const redisReadTask *task, int count) {
#endif
    storagekit_reply_sink *sink = storagekit_sink(task);
    sink->array(sink->owner, (size_t)count);
    return sink;
}

static void *storagekit_create_integer(const redisReadTask *task, long long value) {
    storagekit_reply_sink *sink = storagekit_sink(task);
    sink->integer(sink->owner, value);
    return sink;
}

static void *storagekit_create_nil(const redisReadTask *task) {
    storagekit_reply_sink *sink = storagekit_sink(task);
    sink->null(sink->owner);
    return sink;
}

#if HIREDIS_MAJOR >= 1
/* Only a server that was asked for RESP3 sends these; they come as the text and as 0 or 1. */
static void *storagekit_create_double(
    const redisReadTask *task, double value, char *text, size_t count) {
    (void)value;
    return storagekit_create_string(task, text, count);
}

static void *storagekit_create_bool(const redisReadTask *task, int value) {
    return storagekit_create_integer(task, value);
}
#endif

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
