#ifndef STORAGEKIT_CLIBPQ_SHIM_H
#define STORAGEKIT_CLIBPQ_SHIM_H

#include <libpq-fe.h>

#endif
