extension Cache {
    /// Does not wait: nothing is known of the loads of others.
    ///
    /// Right for a cache of one process, whose readers meet in the ``coordinator``.
    @inlinable
    public func loadEnded(of key: Key, within patience: Duration) async -> Bool { false }
}
