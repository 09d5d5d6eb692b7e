/// An entry on its way into a shared cache.
public struct SharedCacheDeposit: Hashable, Sendable {
    /// What is to be kept.
    public var content: SharedCacheContent
    /// How long; `nil` for ever.
    public var timeToLive: Duration?
    /// For how long it is fresh; `nil` for as long as it lives.
    public var freshFor: Duration?

    /// Creates a deposit.
    public init(
        _ content: SharedCacheContent, timeToLive: Duration? = nil, freshFor: Duration? = nil
    ) {
        self.content = content
        self.timeToLive = timeToLive
        self.freshFor = freshFor
    }

    /// What is stored now; `nil` for what would never be a hit, is older than the floor or would
    /// end before it.
    func entry(
        _ epoch: SharedCacheEpoch, over floor: SharedCacheRecord.Floor?,
        at now: SharedCacheInstant
    ) -> SharedCacheRecord.Entry? {
        let end = timeToLive.map(now.after) ?? .forever
        guard now < end else { return nil }
        let entry = SharedCacheRecord.Entry(
            content: content, epoch: epoch, stored: now,
            freshUntil: freshFor.map { max(now, now.after($0)) } ?? .forever, end: end)
        return entry.standing(on: floor, at: now)
    }
}
