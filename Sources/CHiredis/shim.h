#ifndef STORAGEKIT_CHIREDIS_SHIM_H
#define STORAGEKIT_CHIREDIS_SHIM_H

#include <hiredis.h>

#endif
