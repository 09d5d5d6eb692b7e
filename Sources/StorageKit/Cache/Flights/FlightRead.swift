/// What a load found, and who may be given it.
///
/// A reader may join a load that began before the reader asked. Within one process that is safe:
/// whoever invalidates detaches the running loads before the invalidation is acknowledged. Another
/// process cannot detach the loads that run here:
///
/// ```
/// reader A (here)            cache                    writer (another process)
///   beginLoad: #7  ────────▶  #7
///   read primary: v0                                   commit v1
///                             nothing  ◀─────────────  invalidate, acknowledged
/// reader B (here), who asks now, misses, joins A, and is given v0
///   publish(v0, #7) ───────▶  #7 is not registered
/// ```
///
/// The cache's answer to the publication tells: if it was stored, then the registration was there
/// all the time, and nobody had invalidated the key before that moment. So in front of a shared
/// cache nobody can join any more when the publication is sent, and what was stored is good for all
/// who joined. What was not stored is good for the one whose load it was, who asked before it
/// began. The others load once more, together: they asked before *that* load begins, so whatever it
/// finds is good for them, and there is never a third time.
///
/// A refresh in the background that somebody else is doing already gives up and has nothing for
/// those who joined it: they load for themselves.
@usableFromInline
struct FlightRead<Value: Sendable>: Sendable {
    /// What was found; `nil` when the load gave up.
    @usableFromInline
    var read: CachedRead<Value>?
    /// Whether those may have it who asked after the load had begun.
    @usableFromInline
    var isGoodForJoiners: Bool

    @inlinable
    init(_ read: CachedRead<Value>?, isGoodForJoiners: Bool) {
        self.read = read
        self.isGoodForJoiners = isGoodForJoiners
    }

    @inlinable
    static var gaveUp: Self { Self(nil, isGoodForJoiners: false) }
}
