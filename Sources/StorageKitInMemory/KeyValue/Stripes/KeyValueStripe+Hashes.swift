internal import StorageKit

extension KeyValueStripe {
    mutating func perform(
        _ operation: HashOperation, on key: Key, at time: inout OperationTime
    ) throws(StorageError) -> KeyValueReply {
        switch operation {
        case .set(let fields):
            return try change(StoredHash.self, key, at: &time) {
                .integer(Int64($0.set(fields)))
            }
        case .delete(let names):
            return try change(StoredHash.self, key, at: &time) {
                .integer(Int64($0.delete(names)))
            }
        case .increment(let name, let amount):
            return try change(StoredHash.self, key, at: &time) { hash throws(StorageError) in
                .integer(try hash.increment(name, by: amount))
            }
        case .incrementFloat(let name, let amount):
            return try change(StoredHash.self, key, at: &time) { hash throws(StorageError) in
                .number(try hash.increment(name, by: amount))
            }
        case .scan(let cursor, let limit):
            let hash = try collection(StoredHash.self, key, at: &time)
            return .fieldPage(try hash.page(after: cursor, limit))
        case .get, .getMany, .getAll, .exists, .count:
            return try collection(StoredHash.self, key, at: &time).read(operation)
        }
    }
}

extension StoredHash {
    /// - Returns: How many of them are new.
    fileprivate mutating func set(_ new: [HashField]) -> Int {
        new.count { fields.update($0.value, for: HashedKey($0.name)) }
    }

    /// - Returns: How many of them there were.
    fileprivate mutating func delete(_ names: [ByteString]) -> Int {
        names.count { fields.remove(HashedKey($0)) }
    }

    fileprivate mutating func increment(
        _ name: ByteString, by amount: Int64
    ) throws(StorageError) -> Int64 {
        let name = HashedKey(name)
        let sum = try CounterText.sum(of: fields[name], and: amount)
        fields.update(CounterText.text(sum), for: name)
        return sum
    }

    fileprivate mutating func increment(
        _ name: ByteString, by amount: Double
    ) throws(StorageError) -> Double {
        let name = HashedKey(name)
        let sum = try CounterText.sum(of: fields[name], and: amount)
        fields.update(CounterText.text(sum), for: name)
        return sum
    }

    /// Does one of the operations that change nothing and cannot fail.
    fileprivate func read(_ operation: HashOperation) -> KeyValueReply {
        switch operation {
        case .get(let name): .value(fields[HashedKey(name)])
        case .getMany(let names): .values(names.map { fields[HashedKey($0)] })
        case .getAll: .fields(all)
        case .exists(let name): .flag(fields.slot(of: HashedKey(name)) != nil)
        default: .integer(Int64(fields.count))
        }
    }

    private var all: [ByteString: ByteString] {
        var all: [ByteString: ByteString] = [:]
        all.reserveCapacity(fields.count)
        fields.forEach { all[$0] = $1 }
        return all
    }

    fileprivate func page(
        after cursor: ScanCursor?, _ limit: Int
    ) throws(StorageError) -> ScanPage<HashField> {
        let start = try ScanPosition(cursor, of: .fields).slot
        var found: [HashField] = []
        let (_, next) = fields.visit(from: start, limit: limit) {
            found.append(HashField(name: $0, value: $1))
        }
        let cursor = next.map { ScanPosition(scan: .fields, slot: $0).cursor }
        return ScanPage(elements: found, next: cursor)
    }
}
