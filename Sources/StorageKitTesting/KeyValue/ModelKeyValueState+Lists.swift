import StorageKit

extension ModelKeyValueState {
    mutating func list(
        _ key: ByteString, _ part: ListOperation, _ operation: KeyValueOperation
    ) throws(StorageError) -> KeyValueReply {
        var values = try list(key, operation)
        let reply = Self.apply(part, to: &values)
        if !operation.isReadOnly { setList(key, values) }
        return reply
    }

    /// The values of a list, none when there is no such key.
    func list(
        _ key: ByteString, _ operation: KeyValueOperation
    ) throws(StorageError) -> [ByteString] {
        switch self[key]?.content {
        case nil: return []
        case .list(let values): return values
        default: throw Self.wrongType(operation)
        }
    }

    private mutating func setList(_ key: ByteString, _ values: [ByteString]) {
        let deadline = self[key]?.deadline
        self[key] = values.isEmpty ? nil : Entry(content: .list(values), deadline: deadline)
    }

    mutating func listMove(
        _ source: ByteString, _ from: ListEnd, _ target: ByteString, _ to: ListEnd,
        _ operation: KeyValueOperation
    ) throws(StorageError) -> ByteString? {
        var values = try list(source, operation)
        guard !values.isEmpty else { return nil }
        _ = try list(target, operation)
        let value = values.pop(from)
        // Written back before the target is read: both may be the same list, which then keeps its
        // expiry although it is empty for a moment.
        guard source != target else {
            values.push(value, to)
            setList(source, values)
            return value
        }
        setList(source, values)
        var others = try list(target, operation)
        others.push(value, to)
        setList(target, others)
        return value
    }

    private static func apply(
        _ part: ListOperation, to values: inout [ByteString]
    ) -> KeyValueReply {
        switch part {
        case .push(let new, let end):
            for value in new { values.push(value, end) }
            return .integer(Int64(values.count))
        case .pop(let end): return .value(values.isEmpty ? nil : values.pop(end))
        case .popMany(let end, let limit):
            return .elements((0..<min(limit, values.count)).map { _ in values.pop(end) })
        case .range(let indexes): return .elements(values.elements(at: indexes))
        case .trim(let indexes):
            values = values.elements(at: indexes)
            return .done
        case .remove(let value, let limit):
            var removed = 0
            values.removeAll { candidate in
                guard candidate == value, removed < limit ?? .max else { return false }
                removed += 1
                return true
            }
            return .integer(Int64(removed))
        case .count: return .integer(Int64(values.count))
        }
    }
}

extension [ByteString] {
    fileprivate mutating func push(_ value: ByteString, _ end: ListEnd) {
        insert(value, at: end == .first ? startIndex : endIndex)
    }

    fileprivate mutating func pop(_ end: ListEnd) -> ByteString {
        end == .first ? removeFirst() : removeLast()
    }
}
