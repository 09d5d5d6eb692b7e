// For the flags of pkg-config alone; the baseline includes the library itself.
