extension CachedRepository {
    /// Creates a repository whose keys are made by a function, with a time to live and no further
    /// rule.
    @inlinable
    public init(
        primary: Primary, cache: CacheType, timeToLive: Duration?,
        key: @escaping @Sendable (ID) -> CacheType.Key
    ) {
        let policy = CachePolicy(timeToLive: timeToLive)
        self.init(primary: primary, cache: cache, policy: policy, key: key)
    }
}

extension CachedRepository where CacheType.Key == Primary.ID {
    /// Creates a repository whose keys are the identifiers.
    @inlinable
    public init(primary: Primary, cache: CacheType, policy: CachePolicy = CachePolicy()) {
        self.init(primary: primary, cache: cache, policy: policy, key: { $0 })
    }

    /// Creates a repository whose keys are the identifiers, with a time to live and no further
    /// rule.
    @inlinable
    public init(primary: Primary, cache: CacheType, timeToLive: Duration?) {
        self.init(primary: primary, cache: cache, timeToLive: timeToLive, key: { $0 })
    }
}

extension CachedRepository where CacheType.Key == String, Primary.ID: CustomStringConvertible {
    /// Creates a repository with keys like `todo:42`.
    ///
    /// - Parameters:
    ///   - primary: The store that has the truth.
    ///   - cache: What is asked first.
    ///   - namespace: What stands before the colon; tells repositories over one cache apart. Choose
    ///     namespaces without a colon, lest `a` with the identifier `b:1` be `a:b` with `1`.
    ///   - policy: How long entities are kept, when they are read again, and how long readers wait.
    @inlinable
    public init(
        primary: Primary, cache: CacheType, namespace: String,
        policy: CachePolicy = CachePolicy()
    ) {
        self.init(primary: primary, cache: cache, policy: policy) { id in
            "\(namespace):\(id.description)"
        }
    }

    /// Creates a repository with keys like `todo:42`, with a time to live and no further rule.
    @inlinable
    public init(primary: Primary, cache: CacheType, namespace: String, timeToLive: Duration?) {
        let policy = CachePolicy(timeToLive: timeToLive)
        self.init(primary: primary, cache: cache, namespace: namespace, policy: policy)
    }
}
