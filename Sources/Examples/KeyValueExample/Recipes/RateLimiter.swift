import StorageKit

/// So many requests in a window of time for each client: `limit:<client>`, a counter that vanishes.
///
/// The window begins with a client's first request and is the key's time to live. It is the store's
/// clock that counts, so the servers that share the store need not agree on the time.
struct RateLimiter<Store>: Sendable
where Store: AtomicCounterStore & ConditionalWriteStore & ExpiringKeyValueStore & AtomicBatchStore {
    let store: Store
    /// How many requests are admitted in a window.
    let limit: Int
    /// How long a window lasts.
    let window: Duration

    /// What becomes of a request.
    enum Verdict: Equatable {
        /// It is admitted, and so many more will be in this window.
        case admitted(remaining: Int)
        /// It is refused; the next window begins after this time.
        case refused(retryAfter: Duration)
    }

    /// Counts a request of a client and says whether it is admitted.
    ///
    /// One round trip. The batch is one step: however many requests come at once, from however many
    /// servers, `limit` of them are admitted. Counting does not touch the expiry, and time stands
    /// still within a batch, so a window cannot end between the first command and the second and
    /// leave a counter without an expiry, as it can in a pipeline.
    func judge(_ client: String) async throws(StorageError) -> Verdict {
        let key: ByteString = "limit:\(client)"
        let (_, count, timeToLive) = try await store.atomically {
            (
                $0.setIfAbsent(key, to: "0", expires: .after(window)), $0.increment(key),
                $0.timeToLive(of: key)
            )
        }
        if count <= limit { return .admitted(remaining: limit - Int(count)) }
        guard case .remaining(let time) = timeToLive else { return .refused(retryAfter: window) }
        return .refused(retryAfter: time)
    }
}
