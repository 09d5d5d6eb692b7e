internal import StorageKit

extension KeyValueStripe {
    typealias List = RingBuffer<ByteString>

    mutating func perform(
        _ operation: ListOperation, on key: Key, at time: inout OperationTime
    ) throws(StorageError) -> KeyValueReply {
        switch operation {
        case .push(let values, let end):
            return .integer(Int64(try push(values, to: key, end, at: &time)))
        case .pop(let end): return .value(try pop(key, end, at: &time))
        case .popMany(let end, let limit):
            return .elements(try pop(key, end, limit: limit, at: &time))
        case .range(let range):
            return .elements(try collection(List.self, key, at: &time).elements(in: range))
        case .trim(let range):
            try change(List.self, key, at: &time) { $0.trim(to: range) }
            return .done
        case .remove(let value, let limit):
            return try change(List.self, key, at: &time) { list in
                .integer(Int64(list.remove(limit: limit ?? .max) { $0 == value }))
            }
        case .count:
            return .integer(Int64(try collection(List.self, key, at: &time).count))
        }
    }

    /// - Returns: The new length.
    mutating func push(
        _ values: [ByteString], to key: Key, _ end: ListEnd, at time: inout OperationTime
    ) throws(StorageError) -> Int {
        try change(List.self, key, at: &time) { list in
            for value in values { list.push(value, end) }
            return list.count
        }
    }

    mutating func pop(
        _ key: Key, _ end: ListEnd, at time: inout OperationTime
    ) throws(StorageError) -> ByteString? {
        try change(List.self, key, at: &time) { $0.pop(end) }
    }

    private mutating func pop(
        _ key: Key, _ end: ListEnd, limit: Int, at time: inout OperationTime
    ) throws(StorageError) -> [ByteString] {
        try change(List.self, key, at: &time) { list in
            var popped: [ByteString] = []
            while popped.count < limit, let value = list.pop(end) { popped.append(value) }
            return popped
        }
    }
}

extension RingBuffer {
    mutating func push(_ element: Element, _ end: ListEnd) {
        switch end {
        case .first: prepend(element)
        case .last: append(element)
        }
    }

    mutating func pop(_ end: ListEnd) -> Element? {
        switch end {
        case .first: popFirst()
        case .last: popLast()
        }
    }
}
