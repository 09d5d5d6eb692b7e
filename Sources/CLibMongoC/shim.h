#ifndef STORAGEKIT_CLIBMONGOC_SHIM_H
#define STORAGEKIT_CLIBMONGOC_SHIM_H

#include <mongoc/mongoc.h>

#endif
