/// Who writes a key at present.
///
/// A writer counts as dead after the time that it gave. It may be alive all the same and commit
/// later, so whoever comes while another one's barrier is there is in contention with the dead as
/// well.
@usableFromInline
struct BarrierRecord: Sendable {
    @usableFromInline
    struct Writer: Sendable {
        @usableFromInline
        let number: UInt64
        @usableFromInline
        let deadline: Duration
        /// The clearings of tags that there had been when it began.
        @usableFromInline
        let clearings: UInt64

        @inlinable
        init(number: UInt64, deadline: Duration, clearings: UInt64) {
            self.number = number
            self.deadline = deadline
            self.clearings = clearings
        }
    }

    @usableFromInline
    var writers: [Writer] = []
    /// Whether anything happened to the key meanwhile: another writer, an invalidation. Then nobody
    /// knows whose write was the last, and nobody may leave an entry behind.
    @usableFromInline
    var isContended = false

    @inlinable
    init() {}

    @inlinable
    func isAlive(at now: Duration) -> Bool { writers.contains { now < $0.deadline } }

    /// Takes out the writer, if it counts as alive, and the dead.
    @inlinable
    mutating func remove(_ number: UInt64, now: Duration) -> Writer? {
        let writer = writers.first { $0.number == number && now < $0.deadline }
        writers.removeAll { $0.number == number || $0.deadline <= now }
        return writer
    }
}
