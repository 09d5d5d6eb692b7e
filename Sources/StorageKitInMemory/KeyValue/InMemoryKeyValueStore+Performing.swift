public import StorageKit

extension InMemoryKeyValueStore {
    /// The value of a key, or `nil` when there is none.
    ///
    /// - Throws: ``StorageError/Code/wrongType`` when the key holds another kind of value.
    @inlinable
    public func get(_ key: ByteString) async throws(StorageError) -> ByteString? {
        // The caller's module sees that nothing is waited for, and makes no frame to wait in.
        try value(of: key)
    }

    /// What `perform` does, without making an operation and a reply.
    @usableFromInline
    func value(of key: ByteString) throws(StorageError) -> ByteString? {
        try checkCancellation("get")
        do throws(StorageError) {
            if key.count > limits.maximumKeyBytes {
                try KeyValueOperation.get(key).check(against: limits)
            }
            let key = HashedKey(key)
            return try stripes.withLock(hash: key.hash) { stripe throws(StorageError) in
                try stripe.get(key, at: time)
            }
        } catch {
            throw error.adding(operation: "get", store: Self.name)
        }
    }

    /// Does what a command says.
    ///
    /// - Throws: What the operation does, and ``StorageError/Code/cancelled`` when the task was
    ///   cancelled before the call.
    public func perform<Output>(
        _ command: KeyValueCommand<InMemoryKeyValueStore, Output>
    ) async throws(StorageError) -> Output {
        try checkCancellation(command.operation.name)
        return try command.output(of: reply(to: command.operation))
    }

    /// What the store is called in errors.
    static let name = "memory"

    func checkCancellation(_ operation: String) throws(StorageError) {
        guard !Task.isCancelled else {
            throw .cancelled(operation: operation, store: Self.name)
        }
    }

    /// Checks and does an operation.
    func reply(to operation: KeyValueOperation) throws(StorageError) -> KeyValueReply {
        do throws(StorageError) {
            try operation.check(against: limits)
            if let reply = operation.immediateReply { return reply }
            return try checkedReply(to: operation)
        } catch {
            throw error.adding(operation: operation.name, store: Self.name)
        }
    }

    private func checkedReply(
        to operation: KeyValueOperation
    ) throws(StorageError) -> KeyValueReply {
        if let key = operation.soleKey, let reply = try replyOfOne(operation, HashedKey(key)) {
            return reply
        }
        if case .scan(let prefix, let cursor, let limit) = operation {
            return .elementPage(try scan(prefix, cursor, limit))
        }
        return try withStripes(of: operation.keys.map(HashedKey.init)) { $0.perform(operation) }
            .get()
    }

    /// Does an operation on one key with its stripe alone, unless it is to serve those who wait.
    private func replyOfOne(
        _ operation: KeyValueOperation, _ key: KeyValueStripe.Key
    ) throws(StorageError) -> KeyValueReply? {
        try stripes.withLock(hash: key.hash) { stripe throws(StorageError) in
            if operation.isPush, stripe.waiting[key] != nil { return nil }
            var time = time
            return try stripe.perform(operation, on: key, at: &time)
        }
    }

    /// One page, locking one stripe after the other.
    private func scan(
        _ prefix: ByteString, _ cursor: ScanCursor?, _ limit: Int
    ) throws(StorageError) -> ScanPage<ByteString> {
        let count = stripes.stripes.count
        var scan = try KeyScan(prefix: prefix, after: cursor, limit: limit, stripes: count)
        var time = time
        while let stripe = scan.stripe {
            stripes.withLock(hash: stripe) { scan.visit($0, of: count, at: &time) }
        }
        return scan.page
    }
}

extension InMemoryKeyValueStore {
    /// Runs the body with the stripes of these keys locked, or with all, and serves those who wait
    /// for the lists that it gave values.
    ///
    /// Who waits to move a value on can need a stripe more. That is known only under the locks, so
    /// it then begins again with that one too; nothing has been changed yet.
    func withStripes<Result: Sendable>(
        of keys: [KeyValueStripe.Key], all: Bool = false,
        _ body: (inout LockedStripes) -> Result
    ) -> Result {
        var keys = keys
        while true {
            switch attempt(keys, indexes(of: keys, all: all), body) {
            case .needs(let further): keys += further
            case .done(let result, let effects):
                for effect in effects { effect() }
                return result
            }
        }
    }

    private enum Attempt<Result: Sendable>: Sendable {
        case done(Result, effects: [@Sendable () -> Void])
        case needs([KeyValueStripe.Key])
    }

    private func attempt<Result: Sendable>(
        _ keys: [KeyValueStripe.Key], _ indexes: [Int], _ body: (inout LockedStripes) -> Result
    ) -> Attempt<Result> {
        var places = [Int?](repeating: nil, count: stripes.stripes.count)
        for (place, index) in indexes.enumerated() { places[index] = place }
        return stripes.withLocks(on: indexes, vacant: KeyValueStripe.init) { states in
            var locked = LockedStripes(
                states: states, places: places, time: time, channels: channels)
            // The only reference to the states is now in `locked`: they change in place.
            states = []
            defer { states = locked.takeStates() }
            let missing = locked.missingTargets(of: keys)
            guard missing.isEmpty else { return .needs(missing) }
            let result = body(&locked)
            locked.serveWaiters()
            return .done(result, effects: locked.effects)
        }
    }

    private func indexes(of keys: [KeyValueStripe.Key], all: Bool) -> [Int] {
        guard !all else { return Array(stripes.stripes.indices) }
        return Set(keys.map { $0.hash & stripes.mask }).sorted()
    }
}
