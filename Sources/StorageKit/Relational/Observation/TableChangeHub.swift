internal import Synchronization

/// Where a backend says which tables were committed, and from where each observer hears of its own:
/// what a ``ChangeObservingStore`` is made of.
///
/// Publishing is linear in the observers and waits for none of them.
public final class TableChangeHub: Sendable {
    private struct State {
        var buffers: [ObjectIdentifier: TableChangeBuffer] = [:]
        var isFinished = false
    }

    private let foldName: @Sendable (String) -> String
    private let state = Mutex(State())
    private let count = Atomic<Int>(0)

    /// Creates a hub without observers.
    ///
    /// - Parameter foldName: Makes one spelling of all that name the same table.
    public init(foldName: @escaping @Sendable (String) -> String = { $0 }) {
        self.foldName = foldName
    }

    /// Whether anybody observes; cheap enough to be asked after each statement.
    public var isObserved: Bool { count.load(ordering: .acquiring) > 0 }

    /// Observes tables, from now on and until the sequence and its iterators are gone.
    public func observe(_ tables: Set<String>) -> TableChangeSequence {
        let buffer = TableChangeBuffer(
            spellings: Dictionary(tables.map { (foldName($0), [$0]) }) { $0.union($1) })
        let isFinished = state.withLock { state in
            guard !state.isFinished else { return true }
            state.buffers[ObjectIdentifier(buffer)] = buffer
            count.store(state.buffers.count, ordering: .releasing)
            return false
        }
        if isFinished { buffer.finish(throwing: nil, isUnwanted: false) }
        return TableChangeSequence(TableChangeMembership(hub: self, buffer: buffer))
    }

    /// Tells the observers of these tables that they were changed by what is committed now.
    public func publish(_ tables: Set<String>) {
        let names = Set(tables.map(foldName))
        for buffer in buffers { buffer.add(names) }
    }

    /// Tells every observer that each of its tables may have changed, for example when the
    /// connection that listened was lost and is there again.
    public func publishAll() { for buffer in buffers { buffer.addAll() } }

    /// Ends every observation, now and later.
    ///
    /// - Parameter error: What the readers are told, if not just the end.
    public func finish(throwing error: StorageError? = nil) {
        let buffers = state.withLock { state in
            state.isFinished = true
            defer { state.buffers = [:] }
            count.store(0, ordering: .releasing)
            return state.buffers.values
        }
        for buffer in buffers { buffer.finish(throwing: error, isUnwanted: false) }
    }

    func remove(_ buffer: TableChangeBuffer) {
        state.withLock { state in
            state.buffers[ObjectIdentifier(buffer)] = nil
            count.store(state.buffers.count, ordering: .releasing)
        }
    }

    private var buffers: [TableChangeBuffer] { state.withLock { Array($0.buffers.values) } }
}

/// A place in the hub, given up when nobody reads any more.
final class TableChangeMembership: Sendable {
    let buffer: TableChangeBuffer
    private let hub: TableChangeHub

    init(hub: TableChangeHub, buffer: TableChangeBuffer) {
        self.hub = hub
        self.buffer = buffer
    }

    deinit { end() }

    func end() {
        hub.remove(buffer)
        buffer.finish(throwing: nil, isUnwanted: true)
    }
}
