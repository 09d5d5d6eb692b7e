internal import CLibBSON
internal import CLibMongoC
internal import StorageKit
internal import StorageKitBSON

/// What became of a commit.
enum MongoCommitOutcome: Sendable {
    case committed
    /// Nobody knows.
    case unknown(StorageError, mayTryAgain: Bool)
}

extension MongoSession {
    /// Begins a transaction: the next call tells the server.
    func beginTransaction(_ concerns: MongoTransactionConcerns) throws(StorageError) {
        let session = try startedSession()
        guard let options = mongoc_transaction_opts_new() else {
            throw StorageError(code: .internalError, message: "libmongoc gave no options")
        }
        defer { mongoc_transaction_opts_destroy(options) }
        setReadConcern(concerns.read, in: options)
        setWriteConcern(concerns.write, in: options)
        // The server takes no other.
        let primary = MongoReadPreferenceHandle(.primary)
        withExtendedLifetime(primary) {
            mongoc_transaction_opts_set_read_prefs(options, primary.pointer)
        }
        mongoc_transaction_opts_set_max_commit_time_ms(
            options, Int64(concerns.commitTime.mongoMilliseconds))
        var error = bson_error_t()
        guard mongoc_client_session_start_transaction(session, options, &error) else {
            throw MongoErrorMapping.error(error, reply: nil)
        }
    }

    /// Commits the transaction, or sends the commit again.
    ///
    /// - Throws: When it was refused; with `mayHaveBeenApplied` when it was done all the same.
    func commitTransaction() throws(StorageError) -> MongoCommitOutcome {
        let session = try startedSession()
        let reply = MongoReply()
        var error = bson_error_t()
        guard !mongoc_client_session_commit_transaction(session, reply.pointer, &error) else {
            return .committed
        }
        let answer = try? Document(reading: reply.pointer)
        let failure = MongoErrorMapping.error(error, reply: answer)
        guard mongoc_error_has_label(reply.pointer, Self.unknownCommit) else {
            // It is done first, and then found that so many members never confirm it.
            let isDone = answer?["writeConcernError"] != nil
            throw failure.changed { $0.mayHaveBeenApplied = isDone }
        }
        return .unknown(
            failure.changed { $0.mayHaveBeenApplied = true },
            // Its time is over; the driver specification does not ask again after that.
            mayTryAgain: failure.native?.number != Self.timeExpired)
    }

    /// Undoes the transaction, if there is one that was not committed.
    func abortTransaction() {
        guard let session, mongoc_client_session_in_transaction(session) else { return }
        mongoc_client_session_abort_transaction(session, nil)
    }

    /// That of the view, of the connection string, or one snapshot of what a majority has.
    private func setReadConcern(_ concern: MongoReadConcern?, in options: OpaquePointer) {
        let isGiven = !mongoc_read_concern_is_default(mongoc_client_get_read_concern(client))
        guard let level = concern ?? (isGiven ? nil : .snapshot) else { return }
        let native = mongoc_read_concern_new()
        defer { mongoc_read_concern_destroy(native) }
        mongoc_read_concern_set_level(native, level.rawValue)
        mongoc_transaction_opts_set_read_concern(options, native)
    }

    /// That of the view, of the connection string, or a majority.
    private func setWriteConcern(_ concern: MongoWriteConcern?, in options: OpaquePointer) {
        let isGiven = !mongoc_write_concern_is_default(mongoc_client_get_write_concern(client))
        guard let concern = concern ?? (isGiven ? nil : .majority) else { return }
        let native = mongoc_write_concern_new()
        defer { mongoc_write_concern_destroy(native) }
        switch concern.members {
        case .majority:
            mongoc_write_concern_set_wmajority(native, concern.timeout?.mongoMilliseconds ?? 0)
        case .count(let count):
            mongoc_write_concern_set_w(native, Int32(clamping: max(1, count)))
            if let timeout = concern.timeout {
                mongoc_write_concern_set_wtimeout(native, timeout.mongoMilliseconds)
            }
        }
        if let journal = concern.journal { mongoc_write_concern_set_journal(native, journal) }
        mongoc_transaction_opts_set_write_concern(options, native)
    }

    private static let unknownCommit = "UnknownTransactionCommitResult"
    private static let timeExpired = 50
}
