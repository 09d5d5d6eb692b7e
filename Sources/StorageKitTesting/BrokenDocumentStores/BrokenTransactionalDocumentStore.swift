public import StorageKit
import Synchronization

/// A document store whose transactions have a defect, over a sound one.
public struct BrokenTransactionalDocumentStore<Base: TransactionalDocumentStore>: DocumentWrapper,
    TransactionalDocumentStore
{
    /// The sound one.
    public let base: Base
    let defect: DocumentTransactionDefect

    /// Breaks a store.
    public init(_ base: Base, _ defect: DocumentTransactionDefect) {
        self.base = base
        self.defect = defect
    }

    /// Runs the body in a transaction, with the defect.
    @discardableResult
    public func withTransaction<Value: Sendable>(
        _ body: @Sendable @concurrent (BrokenDocumentTransaction<Base>) async throws -> Value
    ) async throws -> Value {
        let memory = BrokenTransactionMemory<Base>()
        let answer = Mutex<Value?>(nil)
        defer { memory.isOver.store(true, ordering: .relaxed) }
        do {
            return try await base.withTransaction { [base, defect] sound in
                let value = try await body(
                    BrokenDocumentTransaction(sound, base, defect, memory))
                answer.withLock { $0 = value }
                return value
            }
        } catch {
            let code = (error as? StorageError)?.code
            if code == .conflict { return try conflicted(error, answer.withLock(\.self)) }
            let keeps = defect == .ignoresCancellation && code == .cancelled
            if keeps || defect == .keepsWhatFailed && code == nil {
                try await memory.redo(on: base)
            }
            throw error
        }
    }

    /// What comes of a conflict.
    private func conflicted<Value>(_ error: any Error, _ answer: Value?) throws -> Value {
        switch (defect, answer) {
        case (.concealsConflicts, let answer?): return answer
        case (.fearsConflicts, _):
            throw (error as? StorageError)?.changed { $0.isRetryable = false } ?? error
        default: throw error
        }
    }
}

extension BrokenTransactionalDocumentStore {
    /// Carries out writes.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        try await run { [base] () throws(StorageError) in
            try await base.write(writes, to: collection, isOrdered: isOrdered)
        }
    }

    /// The first document that a query finds.
    public func first<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) async throws(StorageError) -> Entity? {
        try await run { [base] () throws(StorageError) in
            try await base.first(query, in: collection, as: type)
        }
    }

    /// Runs a call; with the defect the store does not see who makes it.
    private func run<Value: Sendable>(
        _ body: @escaping @Sendable () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        guard defect == .letsStoreIn else { return try await body() }
        return try await Task.detached { await Result(of: body) }.value.get()
    }
}
