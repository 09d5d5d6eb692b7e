internal import Synchronization

/// The changes of a collection, one after the other, from the moment the feed was opened.
///
/// It is read by one task at a time; iterators share it, and each event goes to one of them. It
/// holds what it needs of the store until it ends, or until it and its iterators are gone.
/// Cancelling the task that reads ends it, and throws ``StorageError/Code/cancelled``; an error
/// ends it too, and a new feed goes on behind the last ``DocumentEvent/position``.
public struct DocumentFeed<Entity: Sendable>: AsyncSequence, Sendable {
    /// What is read.
    public typealias Element = DocumentEvent<Entity>
    /// What may go wrong.
    public typealias Failure = StorageError

    /// Where it began: what a reader goes on from that has seen no event yet.
    public let beginning: DocumentFeedPosition
    private let run: DocumentFeedRun<Entity>

    /// Creates a feed that is open.
    ///
    /// - Parameters:
    ///   - beginning: Where it begins.
    ///   - source: Where its events come from, batch by batch; it waits until there is one.
    public init(
        from beginning: DocumentFeedPosition, _ source: any ResultSource<DocumentEvent<Entity>>
    ) {
        self.beginning = beginning
        run = DocumentFeedRun(source)
    }

    /// Begins reading where it was left.
    public func makeAsyncIterator() -> Iterator { Iterator(run: run) }

    /// Where one reader is.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let run: DocumentFeedRun<Entity>

        /// The next event, as soon as there is one; `nil` behind the last.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> DocumentEvent<Entity>? {
            try await run.next()
        }
    }
}

/// What the iterators of a feed share; it closes the source when it ends, however it ends.
private final class DocumentFeedRun<Entity: Sendable>: Sendable {
    private struct State {
        var source: (any ResultSource<DocumentEvent<Entity>>)?
        var events: ArraySlice<DocumentEvent<Entity>> = []
    }

    private let state: Mutex<State>

    init(_ source: any ResultSource<DocumentEvent<Entity>>) {
        state = Mutex(State(source: source))
    }

    deinit { end() }

    func next() async throws(StorageError) -> DocumentEvent<Entity>? {
        do throws(StorageError) {
            if Task.isCancelled { throw StorageError.cancelled(operation: "changes") }
            if let event = state.withLock({ $0.events.popFirst() }) { return event }
            guard let source = state.withLock(\.source) else { return nil }
            let batch = try await source.nextBatch()
            guard let first = batch.first else {
                end()
                return nil
            }
            state.withLock { $0.events += batch.dropFirst() }
            return first
        } catch {
            end()
            throw error
        }
    }

    private func end() {
        let source = state.withLock { state in
            state.events = []
            return state.source.take()
        }
        source?.close()
    }
}
