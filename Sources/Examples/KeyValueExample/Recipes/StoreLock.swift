import StorageKit

/// A lock that several processes share and that frees itself when its holder dies: `lock:<name>`.
///
/// It keeps two from doing the same work, most of the time. A holder that is paused for longer than
/// the time to live does not know that the lock is no longer its own, so what must never happen
/// twice has to be guarded where it happens, for example with a version in the database.
struct StoreLock<Store: ConditionalWriteStore & ExpiringKeyValueStore>: Sendable {
    let store: Store
    let name: String
    /// When the lock frees itself.
    let timeToLive: Duration

    /// Takes the lock if nobody has it.
    ///
    /// - Parameter owner: What no other holder is called.
    func acquire(as owner: String) async throws(StorageError) -> Bool {
        try await store.setIfAbsent(key, to: ByteString(owner), expires: .after(timeToLive))
    }

    /// Gives the lock back if it is still the owner's.
    func release(by owner: String) async throws(StorageError) -> Bool {
        try await store.compareAndDelete(key, from: ByteString(owner))
    }

    private var key: ByteString { "lock:\(name)" }
}
