/// What is cached under a key of a shared cache, in bytes.
public struct SharedCacheContent: Hashable, Sendable {
    /// The value as ``SharedCache`` writes it: a header and the codec's bytes.
    public var payload: ByteString
    /// The version of the entity in the primary, where it has one.
    ///
    /// What has none counts as older than what has one, and the lowest number there is as none.
    public var version: CacheVersion? {
        didSet { version = version?.orNone }
    }
    /// What it can be invalidated by besides its key, in the order of their names.
    public let tags: [CacheTag]

    /// The most tags that an entry can have.
    public static var maximumTags: Int { 99 }
    /// The longest name of a tag in an entry, in bytes.
    public static var maximumTagBytes: Int { 9_999 }

    /// Creates a content.
    ///
    /// - Precondition: There are no more tags, and no longer ones, than the limits allow.
    public init(payload: ByteString, version: CacheVersion? = nil, tags: Set<CacheTag> = []) {
        precondition(Self.allows(tags), "an entry has too many tags, or one with too long a name")
        self.payload = payload
        self.version = version?.orNone
        self.tags = tags.sorted { ByteString($0.name) < ByteString($1.name) }
    }

    /// Whether an entry can have these tags.
    public static func allows(_ tags: Set<CacheTag>) -> Bool {
        tags.count <= maximumTags && tags.allSatisfy { $0.name.utf8.count <= maximumTagBytes }
    }
}

extension CacheVersion {
    /// The version, or none for the lowest number, which stands for none in a record.
    var orNone: CacheVersion? { rawValue == .min ? nil : self }
}

extension CacheVersion? {
    /// Whether this is older than a floor; what has no version is older than any floor.
    func isOlder(than floor: CacheVersion?) -> Bool {
        guard let floor else { return false }
        guard let self else { return true }
        return self < floor
    }
}
