/// The version below which a key is not filled, and until when.
@usableFromInline
struct VersionFloor: Sendable {
    @usableFromInline
    var version: CacheVersion
    @usableFromInline
    var end: Duration

    @inlinable
    init(version: CacheVersion, end: Duration) {
        self.version = version
        self.end = end
    }

    /// Whether a fill with this version, or none, is refused.
    @inlinable
    func refuses(_ version: CacheVersion?, at now: Duration) -> Bool {
        guard now < end else { return false }
        return version.map { $0 < self.version } ?? true
    }
}
