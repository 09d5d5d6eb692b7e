import Foundation
import StorageKit
import StorageKitTesting

/// Writes events to standard output, a line each, with times of ``HistoryClock``.
///
/// Without a buffer of this process, which SIGKILL would take along. A line is written after its
/// call has returned: a call that was cut short leaves none, and obliges nobody.
struct HistoryWriter: Sendable {
    typealias Event = CacheStaleness.Event

    let process: Int

    /// Makes a call and writes what came of it; one that throws is written as a failure.
    func record(
        _ kind: CacheCall.Kind, _ keys: [Int],
        _ call: () async throws -> [Int: CacheOutcome]
    ) async {
        let begin = HistoryClock.now
        do {
            let outcomes = try await call()
            let end = HistoryClock.now
            say(
                keys.map { key in
                    Event(
                        operation: CacheCall(kind, key: key, process: process),
                        answer: outcomes[key] ?? CacheOutcome(), begin: begin, end: end
                    ).line
                })
        } catch {
            say(["failed \(kind.rawValue) \(error)"])
        }
    }

    private func say(_ lines: [String]) {
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        _ = write(1, bytes, bytes.count)
    }
}
