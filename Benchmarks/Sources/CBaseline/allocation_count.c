#include "allocation_count.h"

// Of the thread that counts: others may do what they like meanwhile.
static _Thread_local int64_t allocations;
static _Thread_local int counting;

#ifdef __GLIBC__
#include <errno.h>
#include <malloc.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

// A program may replace the allocator of the GNU C library by defining these: see "Replacing
// malloc" in its manual. Each counts, and asks the library's own; what they give is the library's
// to free, so free is not replaced. Shared libraries, Swift's runtime among them, find these first.

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static void count(void) {
    if (counting) allocations++;
}

void *malloc(size_t size) {
    count();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count();
    return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
    count();
    return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
    count();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
    void *made = memalign(alignment, size);
    if (made == NULL) return ENOMEM;
    *memory = made;
    return 0;
}

int allocation_count_works(void) { return 1; }

// What the process has resident after free pages were given back: malloc's own reports leave out
// arenas, or count what they keep for reuse.
int64_t allocation_bytes_in_use(void) {
    malloc_trim(0);
    long long size = 0, resident = -1;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file) return -1;
    int count = fscanf(file, "%lld %lld", &size, &resident);
    fclose(file);
    return count == 2 ? resident * sysconf(_SC_PAGESIZE) : -1;
}
#else
int allocation_count_works(void) { return 0; }

int64_t allocation_bytes_in_use(void) { return -1; }
#endif

void allocation_count_begin(void) {
    allocations = 0;
    counting = 1;
}

int64_t allocation_count_end(void) {
    if (!counting) return -1;
    counting = 0;
    return allocations;
}
