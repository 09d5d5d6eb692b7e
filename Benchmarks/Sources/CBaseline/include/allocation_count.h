#ifndef STORAGEKIT_ALLOCATION_COUNT_H
#define STORAGEKIT_ALLOCATION_COUNT_H

#include <stdint.h>

// Counts what a thread asks of the heap between the two calls, which it makes itself.

// Whether it can be counted on this system; 1 for the GNU C library.
int allocation_count_works(void);

void allocation_count_begin(void);
// -1 when this thread has not begun to count.
int64_t allocation_count_end(void);

// What the whole process has resident, pages that are free given back; -1 where that is not known.
int64_t allocation_bytes_in_use(void);

#endif
