import Foundation

/// Waiting for what no event tells of.
package enum Waiting {
    /// Much longer than anything takes here: who comes to it has found a defect.
    static let limit = Duration.seconds(30)

    /// Asks until the answer is not `nil`, a few milliseconds apart; `nil` when the limit is over.
    package static func poll<Value>(_ ask: () throws -> Value?) rethrows -> Value? {
        let end = ContinuousClock.now + limit
        while true {
            if let value = try ask() { return value }
            guard ContinuousClock.now < end else { return nil }
            _ = Foundation.poll(nil, 0, 3)
        }
    }

    /// Asks until the answer is not `nil`, a few milliseconds apart; `nil` when the limit is over.
    package static func poll<Value>(
        _ ask: () async throws -> Value?, isolation: isolated (any Actor)? = #isolation
    ) async throws -> Value? {
        let end = ContinuousClock.now + limit
        while true {
            if let value = try await ask() { return value }
            guard ContinuousClock.now < end else { return nil }
            try await onOwnThread { _ = Foundation.poll(nil, 0, 10) }
        }
    }

    /// Runs a body that blocks on a thread of its own, so that no task's thread waits.
    package static func onOwnThread<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
        }
    }
}
