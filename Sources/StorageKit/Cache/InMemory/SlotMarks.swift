/// What changes of an entry while it is in its slot.
///
/// Plain bytes in an array of their own, so that writing one is a single store.
@usableFromInline
struct SlotMarks: Sendable {
    /// The clearings of tags that the entry is known to have survived.
    @usableFromInline
    var survived: UInt64
    @usableFromInline
    var lastUse: Duration
    @usableFromInline
    var isPinned: Bool

    @inlinable
    init(survived: UInt64, lastUse: Duration, isPinned: Bool) {
        self.survived = survived
        self.lastUse = lastUse
        self.isPinned = isPinned
    }
}
