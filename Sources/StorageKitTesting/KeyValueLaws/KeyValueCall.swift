import StorageKit

/// A command whose answer's type is put aside, so that calls of all kinds fit into one table.
struct KeyValueCall<Store: KeyValueStore>: Sendable, CustomStringConvertible {
    typealias Outcome = Result<KeyValueReply, StorageError>

    let operation: KeyValueOperation
    private let run: @Sendable (Store) async throws(StorageError) -> KeyValueReply

    private init<Output>(
        _ command: KeyValueCommand<Store, Output>,
        _ reply: @escaping @Sendable (Output) -> KeyValueReply
    ) {
        operation = command.operation
        run = { store throws(StorageError) in reply(try await store.perform(command)) }
    }

    /// A whole scan in place of one page of it.
    init(scanOf prefix: ByteString, pageSize: Int) {
        operation = .scan(prefix: prefix, nil, limit: .max)
        run = { store throws(StorageError) in
            var keys: Set<ByteString> = []
            for try await key in store.keys(withPrefix: prefix, pageSize: pageSize) {
                keys.insert(key)
            }
            return .elementPage(ScanPage(elements: keys.sorted(), next: nil))
        }
    }

    func reply(of store: Store) async throws(StorageError) -> KeyValueReply {
        try await run(store)
    }

    func outcome(on store: Store) async -> Outcome {
        do throws(StorageError) {
            return .success(try await run(store))
        } catch {
            return .failure(error)
        }
    }

    var description: String { shortened("\(operation)") }
}

extension KeyValueCall {
    init(_ command: KeyValueCommand<Store, Void>) { self.init(command) { .done } }
    init(_ command: KeyValueCommand<Store, ByteString?>) { self.init(command) { .value($0) } }
    init(_ command: KeyValueCommand<Store, [ByteString?]>) { self.init(command) { .values($0) } }
    init(_ command: KeyValueCommand<Store, Int64>) { self.init(command) { .integer($0) } }
    init(_ command: KeyValueCommand<Store, Int>) { self.init(command) { .integer(Int64($0)) } }
    init(_ command: KeyValueCommand<Store, Int?>) { self.init(command) { .position($0) } }
    init(_ command: KeyValueCommand<Store, Double>) { self.init(command) { .number($0) } }
    init(_ command: KeyValueCommand<Store, Double?>) { self.init(command) { .number($0) } }
    init(_ command: KeyValueCommand<Store, Bool>) { self.init(command) { .flag($0) } }
    init(_ command: KeyValueCommand<Store, [ByteString: ByteString]>) {
        self.init(command) { .fields($0) }
    }
    init(_ command: KeyValueCommand<Store, [ScoredMember]>) { self.init(command) { .members($0) } }
    init(_ command: KeyValueCommand<Store, [ByteString]>) { self.init(command) { .elements($0) } }
    init(_ command: KeyValueCommand<Store, Set<ByteString>>) {
        self.init(command) { .elements($0.sorted()) }
    }
    init(_ command: KeyValueCommand<Store, TimeToLive>) { self.init(command) { .timeToLive($0) } }
    init(_ command: KeyValueCommand<Store, ScanPage<ByteString>>) {
        self.init(command) { .elementPage($0) }
    }
    init(_ command: KeyValueCommand<Store, ScanPage<HashField>>) {
        self.init(command) { .fieldPage($0) }
    }
}
