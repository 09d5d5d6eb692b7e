internal import StorageKit
internal import StorageKitBSON
internal import Synchronization

/// The changes of a collection, read from a change stream; it goes on by itself behind the last
/// event when the stream breaks.
///
/// It asks with the commands themselves and not by `mongoc_change_stream_t`: that gives one event
/// at a time and does not tell whether there is another one without waiting for it, so each event
/// would be a hop to the feed's thread and back. It resumes once and then gives up; this does for
/// as long as it was told to. And a `getMore` must never be sent twice, for the first one's events
/// would be lost: commands that are sent as they are, are sent once.
///
/// Source: MongoDB's "Change Streams" driver specification.
final class MongoFeed<Entity: Decodable & Sendable>: ResultSource, MongoEndableFeed {
    private struct State {
        var cursor: MongoFeedCursor?
        /// Behind what the stream goes on.
        var token: DocumentValue?
        /// Whether the last event was that.
        var isOver = false
        var isClosed = false
    }

    private let core: MongoCore
    private let question: MongoFeedQuestion
    private let lease: BlockingLease<MongoSession>
    private let state: Mutex<State>

    init(
        _ core: MongoCore, _ question: MongoFeedQuestion, _ lease: BlockingLease<MongoSession>,
        after token: DocumentValue?
    ) {
        self.core = core
        self.question = question
        self.lease = lease
        state = Mutex(State(token: token))
    }

    /// Opens the stream.
    ///
    /// - Returns: The token of where it begins.
    func begin() async throws(StorageError) -> DocumentValue {
        let context = core.callerContext
        try await lease.run { [self] (session) throws(StorageError) in
            try session.perform(writes: false, for: context) { () throws(StorageError) in
                _ = try open(session)
            }
        }
        core.feeds.add(self)
        guard let token = state.withLock(\.token) else {
            throw StorageError(
                code: .unsupported, message: "the server does not tell where a feed begins")
        }
        return token
    }

    func nextBatch() async throws(StorageError) -> [DocumentEvent<Entity>] {
        do throws(StorageError) {
            while true {
                let (isOver, isClosed) = state.withLock { ($0.isOver, $0.isClosed) }
                if isClosed { throw StorageError.closedFeed }
                if isOver { return [] }
                let events = try await fetchPatiently().compactMap { event(of: $0) }
                if !events.isEmpty { return events }
            }
        } catch {
            throw error.adding(operation: "changes", store: core.name)
        }
    }

    func close() {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        guard isFirst else { return }
        core.feeds.remove(self)
        lease.runLater { [self] session in
            // What is under way till then may have opened another stream. A server that is gone has
            // forgotten it.
            if let cursor = state.withLock(\.cursor) {
                _ = try? session.command(
                    question.ending(cursor), in: question.namespace.database,
                    on: cursor.server, question.preference)
            }
            lease.release()
        }
    }

    // MARK: Asking

    /// The next events, or none after a while; a stream that breaks is opened again, after growing
    /// pauses, for as long as the settings say.
    private func fetchPatiently() async throws(StorageError) -> [Document] {
        let context = core.callerContext
        var failures = 0
        var elapsed: (@Sendable () -> Duration)?
        while true {
            do throws(StorageError) {
                return try await lease.run { [self] (session) throws(StorageError) in
                    try session.perform(writes: false, for: context) { () throws(StorageError) in
                        try fetch(session)
                    }
                }
            } catch {
                guard error.canBeResumed, !state.withLock(\.isClosed) else { throw error }
                state.withLock { $0.cursor = nil }
                let passed = elapsed ?? core.timing.stopwatch()
                elapsed = passed
                guard passed() < core.settings.feedResumeTimeout else { throw error }
                failures += 1
                try await core.timing.pause(after: failures)
            }
        }
    }

    private func fetch(_ session: MongoSession) throws(StorageError) -> [Document] {
        let cursor =
            if let cursor = state.withLock(\.cursor) { cursor } else { try open(session) }
        let reply = try session.command(
            question.asking(cursor), in: question.namespace.database, on: cursor.server,
            question.preference)
        let events = reply.documents(at: "cursor.nextBatch")
        let isGone = reply[path: "cursor.id"] == .int64(0)
        state.withLock { state in
            state.token =
                events.last?["_id"] ?? reply[path: "cursor.postBatchResumeToken"] ?? state.token
            state.cursor = isGone ? nil : cursor
            state.isOver = events.last?["operationType"] == "invalidate"
        }
        return events
    }

    private func open(_ session: MongoSession) throws(StorageError) -> MongoFeedCursor {
        let server = try session.readableServer(question.preference)
        let reply = try session.command(
            question.opening(after: state.withLock(\.token)),
            in: question.namespace.database, on: server, question.preference)
        guard case .int64(let id)? = reply[path: "cursor.id"] else {
            throw StorageError(code: .corrupted, message: "the server's answer has no cursor")
        }
        let cursor = MongoFeedCursor(server: server, id: id)
        state.withLock { state in
            state.cursor = cursor
            state.token = state.token ?? reply[path: "cursor.postBatchResumeToken"]
        }
        return cursor
    }

    // MARK: Telling

    /// What the server's event is; `nil` for what is told by the one behind it.
    private func event(of document: Document) -> DocumentEvent<Entity>? {
        guard let kind = document["operationType"]?.text, let token = document["_id"] else {
            return nil
        }
        let outcome: Result<DocumentEvent<Entity>.Change, StorageError>
        switch kind {
        case "insert": outcome = decoding(document) { .inserted($0) }
        case "replace": outcome = decoding(document) { .replaced($0) }
        case "update":
            let description = DocumentUpdateDescription(document)
            outcome =
                document["fullDocument"] ?? .null == .null
                ? .success(.updated(description, now: nil))
                : decoding(document) { .updated(description, now: $0) }
        case "delete": outcome = .success(.deleted)
        // It follows on a drop, on one of the database, and on a renaming.
        case "invalidate": outcome = .success(.dropped)
        default: return nil
        }
        return DocumentEvent(
            position: .mongo(token, in: question.namespace),
            id: document[path: "documentKey._id"] ?? .null, change: outcome)
    }

    private func decoding(
        _ event: Document, _ change: (Entity) -> DocumentEvent<Entity>.Change
    ) -> Result<DocumentEvent<Entity>.Change, StorageError> {
        Result { () throws(StorageError) in
            guard case .document(let document)? = event["fullDocument"] else {
                throw StorageError(
                    code: .decodingFailed, message: "the event has no document")
            }
            return change(try DocumentDecoder().decode(Entity.self, from: document))
        }
    }
}

extension StorageError {
    /// Whether a change stream that failed so can be opened again behind its last event.
    fileprivate var canBeResumed: Bool {
        guard let native, code != .cancelled else { return false }
        return isRetryable || native.domain == "mongodb" && native.number == Self.cursorNotFound
    }

    private static var cursorNotFound: Int { 43 }

    fileprivate static var closedFeed: StorageError {
        StorageError(code: .invalidState, message: "the store is closed")
    }
}

extension Document {
    fileprivate func documents(at path: DocumentPath) -> [Document] {
        guard case .array(let values)? = self[path: path] else { return [] }
        return values.compactMap { if case .document(let one) = $0 { one } else { nil } }
    }
}

extension DocumentUpdateDescription {
    /// That of the server's event.
    fileprivate init(_ event: Document) {
        self.init()
        if case .document(let fields)? = event[path: "updateDescription.updatedFields"] {
            updated = fields
        }
        if case .array(let names)? = event[path: "updateDescription.removedFields"] {
            removed = names.compactMap(\.text)
        }
        for array in event.documents(at: "updateDescription.truncatedArrays") {
            guard let name = array["field"]?.text else { continue }
            truncated[name] = array["newSize"]?.wholeNumber
        }
    }
}
