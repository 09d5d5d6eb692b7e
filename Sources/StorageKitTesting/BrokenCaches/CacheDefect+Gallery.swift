extension CacheDefect {
    /// Every defect there is.
    public static var gallery: [CacheDefect] {
        lookupDefects + loadDefects + publicationDefects + invalidationDefects + expiryDefects
            + overlapDefects + tagDefects + barrierDefects + versionDefects
    }
}
