internal import StorageKit
internal import Synchronization

/// A client while a transaction has it: where the transaction's calls run.
///
/// The body itself runs on the client's thread, so that its calls are ordinary ones. What is under
/// way on the client when the transaction ends, cursors that were not read to their end, ends
/// before it.
final class MongoHold: Sendable {
    let core: MongoCore
    let state = TransactionState()
    private let lease: BlockingLease<MongoSession>
    private let walks = Mutex<[ObjectIdentifier: any MongoEndableWalk]>([:])

    init(_ core: MongoCore, _ lease: BlockingLease<MongoSession>) {
        self.core = core
        self.lease = lease
    }

    // MARK: Calls

    /// Runs a call of the transaction.
    func run<Value: Sendable>(
        _ operation: String,
        _ body: @escaping @Sendable (MongoSession) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        let context = core.callerContext
        do throws(StorageError) {
            return try await usableLease().run { [state] (session) throws(StorageError) in
                // While the call waited for the thread the transaction may have ended.
                try state.check()
                return try session.perform(writes: false, for: context) { () throws(StorageError) in
                    try body(session)
                }
            }
        } catch {
            throw noting(error).adding(operation: operation, store: core.name)
        }
    }

    /// The client, unless the transaction is over or undone.
    func usableLease() throws(StorageError) -> BlockingLease<MongoSession> {
        try state.check()
        return lease
    }

    /// Takes note of a call's error: the server gives up a transaction with whatever it refuses,
    /// and whatever it is told to kill.
    ///
    /// - Returns: The error; what the call has done will not have happened.
    func noting(_ error: StorageError) -> StorageError {
        let error = error.changed { $0.mayHaveBeenApplied = false }
        if error.native != nil || error.code == .cancelled { state.fail(error) }
        return error
    }

    // MARK: Cursors

    /// Takes in a walk that begins; on the client's thread.
    func add(_ walk: any MongoEndableWalk) {
        walks.withLock { $0[ObjectIdentifier(walk)] = walk }
    }

    /// Ends a walk, unless the transaction has ended it already.
    func close(_ walk: some MongoEndableWalk) {
        lease.runLater { [self] _ in
            _ = walks.withLock { $0.removeValue(forKey: ObjectIdentifier(walk)) }
            walk.end()
        }
    }

    private func endWalks() {
        let ended = walks.withLock { walks in
            defer { walks = [:] }
            return walks.values.map(\.self)
        }
        for walk in ended { walk.end() }
    }

    // MARK: Beginning and end

    func begin(_ concerns: MongoTransactionConcerns) async throws(StorageError) {
        try await lease.run { (session) throws(StorageError) in
            try session.perform(writes: false) { () throws(StorageError) in
                try session.beginTransaction(concerns)
            }
        }
    }

    /// Commits; a commit whose answer is lost is sent again.
    ///
    /// The server knows the transaction by its number and commits it once.
    ///
    /// - Throws: With `mayHaveBeenApplied` when the time was over before an answer came.
    func commit() async throws(StorageError) {
        if Task.isCancelled { throw .cancelled() }
        try state.check()
        state.end()
        let elapsed = core.timing.stopwatch()
        let context = core.callerContext
        var attempts = 1
        while true {
            let outcome: MongoCommitOutcome
            do throws(StorageError) {
                outcome = try await lease.runShielded { [self] (session) throws(StorageError) in
                    endWalks()
                    return try session.observed(context) { () throws(StorageError) in
                        try session.commitTransaction()
                    }
                }
            } catch {
                // A refusal says nothing of the commits before it, unless there is no transaction.
                guard attempts > 1, error.native?.number != Self.noSuchTransaction else {
                    throw error
                }
                throw error.changed { $0.mayHaveBeenApplied = true }
            }
            guard case .unknown(let error, let mayTryAgain) = outcome else { return }
            guard mayTryAgain, elapsed() < core.settings.operationTimeout else { throw error }
            do throws(StorageError) {
                try await core.timing.pause(after: attempts)
            } catch {
                throw error.changed { $0.mayHaveBeenApplied = true }
            }
            attempts += 1
        }
    }

    private static let noSuchTransaction = 251

    /// Undoes the transaction unless it was committed, and gives the client back.
    func leave() async {
        state.end()
        let context = core.callerContext
        // There is nothing that could be done about an error: the server gives up the transaction
        // by itself.
        try? await lease.runShielded { [self] (session) throws(StorageError) in
            endWalks()
            try session.observed(context) { () throws(StorageError) in
                session.abortTransaction()
            }
            lease.release()
        }
    }
}
