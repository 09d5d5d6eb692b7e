internal import StorageKit

/// Rows that are the same have the same key, and no others.
enum PatternRowKey: Hashable, Sendable {
    /// One node or relationship: the usual case.
    case one(UInt32)
    case several([UInt8])

    init(_ items: [PatternRow.Item]) {
        if items.count == 1 {
            if case .node(let node) = items[0] {
                self = .one(node.rawValue)
                return
            }
            if case .relationship(let relationship) = items[0] {
                self = .one(relationship.rawValue)
                return
            }
        }
        var bytes: [UInt8] = []
        for item in items { bytes.append(item) }
        self = .several(bytes)
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ item: PatternRow.Item) {
        switch item {
        case .node(let node): append(node.rawValue)
        case .relationship(let relationship): append(relationship.rawValue)
        case .walk(let walk): append(walk)
        case .path(let nodes, let relationships):
            // The first node says where it begins; the relationships say the rest.
            append(nodes[0].rawValue)
            append(relationships)
        case .value(let value):
            if let value { append(value) } else { append(0 as UInt8) }
        }
    }

    private mutating func append(_ walk: [RelationshipIndex]) {
        append(UInt64(walk.count))
        for relationship in walk { append(relationship.rawValue) }
    }

    /// Values that are worth the same have the same bytes: `1` and `1.0`, every not-a-number.
    private mutating func append(_ value: GraphValue) {
        switch value {
        case .bool(let bool): self += [1, bool ? 1 : 0]
        case .integer(let number): append(integer: number)
        case .double(let number):
            if let whole = Int64(exactly: number) { return append(integer: whole) }
            append(3 as UInt8)
            append((number.isNaN ? .nan : number).bitPattern)
        case .string(let text):
            append(4 as UInt8)
            append(UInt64(text.utf8.count))
            self += text.utf8
        case .bytes(let bytes):
            append(5 as UInt8)
            append(UInt64(bytes.count))
            self += bytes
        case .list(let values):
            append(6 as UInt8)
            append(UInt64(values.count))
            for value in values { append(value) }
        }
    }

    private mutating func append(integer: Int64) {
        append(2 as UInt8)
        append(UInt64(bitPattern: integer))
    }

    private mutating func append(_ number: UInt32) { append(UInt64(number)) }

    private mutating func append(_ number: UInt64) {
        Swift.withUnsafeBytes(of: number) { append(contentsOf: $0) }
    }
}
