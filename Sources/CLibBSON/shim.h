#ifndef STORAGEKIT_CLIBBSON_SHIM_H
#define STORAGEKIT_CLIBBSON_SHIM_H

#include <bson/bson.h>

#endif
