#ifndef STORAGEKIT_CMONGOBASELINE_SHIM_H
#define STORAGEKIT_CMONGOBASELINE_SHIM_H

#include <mongoc/mongoc.h>

#endif
