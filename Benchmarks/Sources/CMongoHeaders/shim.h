#ifndef STORAGEKIT_CMONGOHEADERS_SHIM_H
#define STORAGEKIT_CMONGOHEADERS_SHIM_H

#include <mongoc/mongoc.h>

#endif
