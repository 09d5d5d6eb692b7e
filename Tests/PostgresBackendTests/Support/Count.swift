import Synchronization

/// A number that many tasks raise.
final class Count: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .acquiring) }

    /// - Returns: The number after it.
    @discardableResult
    func add(_ difference: Int = 1) -> Int {
        number.add(difference, ordering: .acquiringAndReleasing).newValue
    }
}
