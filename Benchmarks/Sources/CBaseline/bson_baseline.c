#include "bson_baseline.h"

#include <bson/bson.h>
#include <string.h>

enum { most_posts = 8, most_tags = 8 };

struct post {
    char *title;
    int64_t likes;
    char *tags[most_tags];
    int tag_count;
};

struct user {
    char *name;
    int64_t age;
    char *location;
    bool is_active;
    struct post posts[most_posts];
    int post_count;
};

static struct user sample = {
    .name = "charlie",
    .location = "Berlin",
    .is_active = true,
    .posts = {{"A first look at documents", 12, {"swift", "databases"}, 2},
              {"What an index costs", 7, {"databases"}, 1},
              {"Notes from a rainy day", 31, {"diary", "weather", "tea"}, 3}},
    .post_count = 3,
};

static bool append_post(bson_t *document, const struct post *post) {
    bson_t tags;
    bool is_done = bson_append_utf8(document, "title", 5, post->title, (int)strlen(post->title)) &&
                   bson_append_int64(document, "likes", 5, post->likes) &&
                   bson_append_array_begin(document, "tags", 4, &tags);
    for (int i = 0; is_done && i < post->tag_count; i++) {
        const char *key;
        char buffer[16];
        size_t length = bson_uint32_to_string((uint32_t)i, &key, buffer, sizeof buffer);
        is_done = bson_append_utf8(
            &tags, key, (int)length, post->tags[i], (int)strlen(post->tags[i]));
    }
    return is_done && bson_append_array_end(document, &tags);
}

static bool append_posts(bson_t *document, const struct user *user) {
    bson_t posts, inner;
    bool is_done = bson_append_array_begin(document, "posts", 5, &posts);
    for (int i = 0; is_done && i < user->post_count; i++) {
        const char *key;
        char buffer[16];
        size_t length = bson_uint32_to_string((uint32_t)i, &key, buffer, sizeof buffer);
        is_done = bson_append_document_begin(&posts, key, (int)length, &inner) &&
                  append_post(&inner, &user->posts[i]) && bson_append_document_end(&posts, &inner);
    }
    return is_done && bson_append_array_end(document, &posts);
}

static bool append_user(bson_t *document, const struct user *user) {
    bson_t profile;
    return bson_append_utf8(document, "name", 4, user->name, (int)strlen(user->name)) &&
           bson_append_int64(document, "age", 3, user->age) &&
           bson_append_document_begin(document, "profile", 7, &profile) &&
           bson_append_utf8(
               &profile, "location", 8, user->location, (int)strlen(user->location)) &&
           bson_append_bool(&profile, "isActive", 8, user->is_active) &&
           bson_append_document_end(document, &profile) && append_posts(document, user);
}

int64_t bson_baseline_encode(int count) {
    int64_t sum = 0;
    for (int i = 0; i < count; i++) {
        bson_t document;
        bson_init(&document);
        sample.age = i % 90;
        if (!append_user(&document, &sample)) return -1;
        const uint8_t *bytes = bson_get_data(&document);
        sum += document.len + bytes[document.len / 2] + bytes[25];
        bson_destroy(&document);
    }
    return sum;
}

static char *copied(const bson_iter_t *field) { return bson_iter_dup_utf8(field, NULL); }

static void read_tags(bson_iter_t *tags, struct post *post) {
    while (post->tag_count < most_tags && bson_iter_next(tags)) {
        if (BSON_ITER_HOLDS_UTF8(tags)) post->tags[post->tag_count++] = copied(tags);
    }
}

static void read_post(bson_iter_t *field, struct post *post) {
    bson_iter_t tags;
    while (bson_iter_next(field)) {
        const char *key = bson_iter_key(field);
        if (strcmp(key, "title") == 0 && BSON_ITER_HOLDS_UTF8(field)) {
            post->title = copied(field);
        } else if (strcmp(key, "likes") == 0 && BSON_ITER_HOLDS_INT64(field)) {
            post->likes = bson_iter_int64(field);
        } else if (strcmp(key, "tags") == 0 && bson_iter_recurse(field, &tags)) {
            read_tags(&tags, post);
        }
    }
}

static void read_posts(bson_iter_t *posts, struct user *user) {
    bson_iter_t inner;
    while (user->post_count < most_posts && bson_iter_next(posts)) {
        if (bson_iter_recurse(posts, &inner)) read_post(&inner, &user->posts[user->post_count++]);
    }
}

static void read_profile(bson_iter_t *field, struct user *user) {
    while (bson_iter_next(field)) {
        const char *key = bson_iter_key(field);
        if (strcmp(key, "location") == 0 && BSON_ITER_HOLDS_UTF8(field)) {
            user->location = copied(field);
        } else if (strcmp(key, "isActive") == 0 && BSON_ITER_HOLDS_BOOL(field)) {
            user->is_active = bson_iter_bool(field);
        }
    }
}

static void read_user(bson_iter_t *field, struct user *user) {
    bson_iter_t inner;
    while (bson_iter_next(field)) {
        const char *key = bson_iter_key(field);
        if (strcmp(key, "name") == 0 && BSON_ITER_HOLDS_UTF8(field)) {
            user->name = copied(field);
        } else if (strcmp(key, "age") == 0 && BSON_ITER_HOLDS_INT64(field)) {
            user->age = bson_iter_int64(field);
        } else if (strcmp(key, "profile") == 0 && bson_iter_recurse(field, &inner)) {
            read_profile(&inner, user);
        } else if (strcmp(key, "posts") == 0 && bson_iter_recurse(field, &inner)) {
            read_posts(&inner, user);
        }
    }
}

// What the Swift program adds up of the same user.
static int64_t check_sum(const struct user *user) {
    int64_t sum = user->age + (int64_t)strlen(user->name) + (int64_t)strlen(user->location);
    for (int i = 0; i < user->post_count; i++) {
        const struct post *post = &user->posts[i];
        sum += post->likes + (int64_t)strlen(post->title) + post->tag_count;
    }
    return sum + user->is_active;
}

static void release(struct user *user) {
    for (int i = 0; i < user->post_count; i++) {
        bson_free(user->posts[i].title);
        for (int j = 0; j < user->posts[i].tag_count; j++) bson_free(user->posts[i].tags[j]);
    }
    bson_free(user->location);
    bson_free(user->name);
}

int64_t bson_baseline_decode(const uint8_t *bytes, int length, int count) {
    int64_t sum = 0;
    for (int i = 0; i < count; i++) {
        bson_t document;
        bson_iter_t field;
        if (!bson_init_static(&document, bytes, (size_t)length) ||
            !bson_iter_init(&field, &document)) {
            return -1;
        }
        struct user user = {0};
        read_user(&field, &user);
        if (user.name == NULL || user.location == NULL) return -1;
        sum += check_sum(&user);
        release(&user);
    }
    return sum;
}
