/// When a table of things that may be over is worth going through: when it has doubled since.
///
/// So each element is looked at a constant number of times, amortised, and the table is never more
/// than twice what was alive at the last look.
@usableFromInline
struct SweepThreshold: Sendable {
    @usableFromInline
    var count = 64

    @inlinable
    init() {}

    /// Takes out what is over, if the table has grown enough.
    @inlinable
    mutating func sweep<Key: Hashable, Element>(
        _ table: inout [Key: Element], keeping isAlive: (Element) -> Bool
    ) {
        guard table.count >= count else { return }
        table = table.filter { isAlive($0.value) }
        count = max(64, 2 * table.count)
    }
}
