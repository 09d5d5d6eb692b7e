import StorageKit

/// The data of a ``ModelKeyValueStore`` and what each operation does to it.
struct ModelKeyValueState: Sendable {
    /// What a key holds; never an empty collection.
    enum Content: Hashable, Sendable {
        case value(ByteString)
        case hash([ByteString: ByteString])
        case sortedSet([ByteString: Double])
        case list([ByteString])
        case set(Set<ByteString>)
    }

    struct Entry: Hashable, Sendable {
        var content: Content
        /// When the key vanishes.
        var deadline: Duration?
    }

    let limits: KeyValueLimits
    /// The time of the operation that is being answered.
    var now: Duration = .zero
    private var entries: [ByteString: Entry] = [:]

    init(limits: KeyValueLimits) { self.limits = limits }

    /// What is under a key now: nothing when its time has come.
    subscript(_ key: ByteString) -> Entry? {
        get {
            guard let entry = entries[key], (entry.deadline ?? .seconds(Int64.max)) > now else {
                return nil
            }
            return entry
        }
        set { entries[key] = newValue }
    }

    /// The keys there are now, in order.
    func keys(withPrefix prefix: ByteString) -> [ByteString] {
        entries.keys.filter { $0.hasPrefix(prefix) && self[$0] != nil }.sorted()
    }
}

extension ModelKeyValueState {
    /// Answers an operation that has been checked, and changes nothing when it throws.
    mutating func reply(to operation: KeyValueOperation) throws(StorageError) -> KeyValueReply {
        if let reply = operation.immediateReply { return reply }
        switch operation {
        case .get(let key): return .value(try value(key, operation))
        case .getMany(let keys): return .values(keys.map { valueOrNothing($0) })
        case .set(let key, let value, let expiration):
            write(key, value, expiration)
            return .done
        case .delete(let keys): return .integer(Int64(keys.count { delete($0) }))
        case .exists(let key): return .flag(self[key] != nil)
        case .scan(let prefix, let cursor, let limit):
            let page = ModelPage(keys(withPrefix: prefix), after: cursor, limit: limit) { $0 }
            return .elementPage(page.scanPage)
        case .timeToLive(let key): return .timeToLive(timeToLive(key))
        case .expire(let key, let time): return .flag(expire(key, time))
        case .persist(let key): return .flag(persist(key))
        case .getAndExpire(let key, let expiration):
            return .value(try getAndExpire(key, expiration, operation))
        case .setIf, .deleteIf, .exchange, .take: return try conditional(operation)
        case .increment, .incrementFloat: return try counter(operation)
        case .hash(let key, let part): return try hash(key, part, operation)
        case .sortedSet(let key, let part): return try sortedSet(key, part, operation)
        case .list(let key, let part): return try list(key, part, operation)
        case .listMove(let source, let from, let target, let to):
            return .value(try listMove(source, from, target, to, operation))
        case .memberSet(let key, let part): return try memberSet(key, part, operation)
        case .combineSets(let how, let keys):
            return .elements(try combine(how, keys, operation))
        case .publish: return .integer(0)
        }
    }

    func value(
        _ key: ByteString, _ operation: KeyValueOperation
    ) throws(StorageError) -> ByteString? {
        switch self[key]?.content {
        case nil: return nil
        case .value(let value): return value
        default: throw Self.wrongType(operation)
        }
    }

    private func valueOrNothing(_ key: ByteString) -> ByteString? {
        if case .value(let value) = self[key]?.content { value } else { nil }
    }

    mutating func write(_ key: ByteString, _ value: ByteString, _ expiration: KeyExpiration) {
        let deadline = deadline(expiration, before: self[key]?.deadline)
        self[key] = Entry(content: .value(value), deadline: deadline)
    }

    mutating func delete(_ key: ByteString) -> Bool {
        defer { self[key] = nil }
        return self[key] != nil
    }

    static func wrongType(_ operation: KeyValueOperation) -> StorageError {
        StorageError(
            code: .wrongType, message: "the key holds another kind of value",
            operation: operation.name, store: "model")
    }
}

/// Some of a sorted sequence, from a cursor on that names the last element of the page before.
struct ModelPage<Element: Hashable & Sendable> {
    let scanPage: ScanPage<Element>

    init(
        _ sorted: [Element], after cursor: ScanCursor?, limit: Int,
        name: (Element) -> ByteString
    ) {
        let rest = sorted.drop { element in cursor.map { name(element) <= $0.bytes } ?? false }
        let page = Array(rest.prefix(limit))
        let next = page.count < rest.count ? page.last.map { ScanCursor(name($0)) } : nil
        scanPage = ScanPage(elements: page, next: next)
    }
}
