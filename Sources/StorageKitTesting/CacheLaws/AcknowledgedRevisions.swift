import Synchronization

/// The newest revision of each number whose write has returned.
final class AcknowledgedRevisions: Sendable {
    private let revisions: Mutex<[Int]>

    init(count: Int) { revisions = Mutex(Array(repeating: 0, count: count)) }

    subscript(number: Int) -> Int { revisions.withLock { $0[number] } }

    func set(_ number: Int, _ revision: Int) {
        revisions.withLock { $0[number] = max($0[number], revision) }
    }
}
