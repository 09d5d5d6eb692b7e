public import StorageKit
internal import Synchronization

/// Advisory locks that do one thing wrong.
public struct BrokenAdvisoryLocks<Base: AdvisoryLockStore>: AdvisoryLockStore {
    let base: Base
    let defect: AdvisoryLockDefect
    /// Apart for each connection that is not to see the others.
    let number: Int64
    private let kept = Kept()

    init(_ base: Base, _ defect: AdvisoryLockDefect, number: Int64) {
        self.base = base
        self.defect = defect
        self.number = number
    }

    /// Runs the body while holding a lock, with the defect.
    public func withAdvisoryLock<Value: Sendable>(
        _ key: AdvisoryLockKey, waiting patience: Duration,
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        if kept.holds(key) { throw StorageError.lockBusy(key, after: patience) }
        switch defect {
        case .excludesNobody: return try await body()
        case .runsWhenBusy: return try await runningWhenBusy(key, patience, body)
        case .keepsWhenThrown: return try await keepingWhenThrown(key, patience, body)
        case .takesCancelledForBusy: return try await hidingCancellation(key, patience, body)
        default:
            return try await base.withAdvisoryLock(
                changed(key), waiting: defect == .neverWaits ? .zero : patience, body)
        }
    }

    private func changed(_ key: AdvisoryLockKey) -> AdvisoryLockKey {
        switch defect {
        case .hasOneLock: .init(number: 0)
        case .excludesItselfAlone: .init(number: key.number ^ number)
        default: key
        }
    }

    private func runningWhenBusy<Value: Sendable>(
        _ key: AdvisoryLockKey, _ patience: Duration, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await base.withAdvisoryLock(key, waiting: patience, body)
        } catch let error as StorageError where error.code == .busy {
            return try await body()
        }
    }

    private func keepingWhenThrown<Value: Sendable>(
        _ key: AdvisoryLockKey, _ patience: Duration, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await base.withAdvisoryLock(key, waiting: patience, body)
        } catch {
            if !(error is StorageError) { kept.keep(key) }
            throw error
        }
    }

    private func hidingCancellation<Value: Sendable>(
        _ key: AdvisoryLockKey, _ patience: Duration, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await base.withAdvisoryLock(key, waiting: patience, body)
        } catch let error as StorageError where error.code == .cancelled {
            throw StorageError.lockBusy(key, after: patience)
        }
    }
}

extension BrokenAdvisoryLocks {
    /// The locks that were not given back.
    private final class Kept: Sendable {
        private let keys = Mutex<Set<AdvisoryLockKey>>([])

        func keep(_ key: AdvisoryLockKey) { keys.withLock { _ = $0.insert(key) } }

        func holds(_ key: AdvisoryLockKey) -> Bool { keys.withLock { $0.contains(key) } }
    }
}
