#ifndef STORAGEKIT_CZLIB_SHIM_H
#define STORAGEKIT_CZLIB_SHIM_H

#include <zlib.h>

#endif
