internal import StorageKit

/// The byte that says which change follows; none is ever used again for something else.
private enum StoredChange: UInt8 {
    case defineLabel = 1
    case defineType = 2
    case defineKey = 3
    case createNode = 4
    case addLabel = 5
    case removeLabel = 6
    case setNodeProperty = 7
    case removeNodeProperty = 8
    case deleteNode = 9
    case createRelationship = 10
    case setRelationshipProperty = 11
    case removeRelationshipProperty = 12
    case deleteRelationship = 13
    case createIndex = 14
    case dropIndex = 15
}

extension ByteWriter {
    /// - Throws: What the writing of a value throws.
    mutating func write(_ change: GraphChange) throws(StorageError) {
        switch change {
        case .defineLabel(let label): write(.defineLabel, text: label.name)
        case .defineType(let type): write(.defineType, text: type.name)
        case .defineKey(let key): write(.defineKey, text: key.name)
        case .createNode(let node, let labels):
            write(.createNode, node.rawValue, UInt32(labels.count))
            for label in labels { write(varint: UInt64(label.rawValue)) }
        case .addLabel(let node, let label): write(.addLabel, node.rawValue, label.rawValue)
        case .removeLabel(let node, let label):
            write(.removeLabel, node.rawValue, label.rawValue)
        case .setNodeProperty(let node, let key, let value?):
            write(.setNodeProperty, node.rawValue, key.rawValue)
            try write(value)
        case .setNodeProperty(let node, let key, nil):
            write(.removeNodeProperty, node.rawValue, key.rawValue)
        case .deleteNode(let node): write(.deleteNode, node.rawValue)
        default: try writeRelationshipOrIndex(change)
        }
    }

    private mutating func writeRelationshipOrIndex(
        _ change: GraphChange
    ) throws(StorageError) {
        switch change {
        case .createRelationship(let relationship, let ends):
            write(
                .createRelationship, relationship.rawValue, ends.source.rawValue,
                ends.target.rawValue, ends.type.rawValue)
        case .setRelationshipProperty(let relationship, let key, let value?):
            write(.setRelationshipProperty, relationship.rawValue, key.rawValue)
            try write(value)
        case .setRelationshipProperty(let relationship, let key, nil):
            write(.removeRelationshipProperty, relationship.rawValue, key.rawValue)
        case .deleteRelationship(let relationship):
            write(.deleteRelationship, relationship.rawValue)
        case .createIndex(let index):
            write(byte: StoredChange.createIndex.rawValue)
            write(index)
        case .dropIndex(let index):
            write(byte: StoredChange.dropIndex.rawValue)
            write(index)
        default: preconditionFailure("the other half writes it")
        }
    }

    private mutating func write(_ change: StoredChange, _ numbers: UInt32...) {
        write(byte: change.rawValue)
        for number in numbers { write(varint: UInt64(number)) }
    }

    private mutating func write(_ change: StoredChange, text: String) {
        write(byte: change.rawValue)
        write(text: text)
    }

    mutating func write(_ index: GraphIndex) {
        write(text: index.label.name)
        write(text: index.key.name)
        let kind: UInt8 =
            switch index.kind {
            case .hash: 0
            case .ordered: 1
            }
        write(byte: kind | (index.isUnique ? 0x80 : 0))
    }
}

extension ByteReader {
    mutating func change() throws(MalformedBytes) -> GraphChange {
        guard let stored = StoredChange(rawValue: try byte()) else {
            throw malformed("a change is of no known kind")
        }
        return switch stored {
        case .defineLabel: .defineLabel(GraphLabel(try text()))
        case .defineType: .defineType(RelationshipType(try text()))
        case .defineKey: .defineKey(PropertyKey(try text()))
        case .createNode: .createNode(try node(), labels: try labels())
        case .addLabel: .addLabel(try node(), try symbol())
        case .removeLabel: .removeLabel(try node(), try symbol())
        case .setNodeProperty: .setNodeProperty(try node(), try symbol(), try value())
        case .removeNodeProperty: .setNodeProperty(try node(), try symbol(), nil)
        case .deleteNode: .deleteNode(try node())
        case .createRelationship: .createRelationship(try relationship(), try ends())
        case .setRelationshipProperty:
            .setRelationshipProperty(try relationship(), try symbol(), try value())
        case .removeRelationshipProperty:
            .setRelationshipProperty(try relationship(), try symbol(), nil)
        case .deleteRelationship: .deleteRelationship(try relationship())
        case .createIndex: .createIndex(try index())
        case .dropIndex: .dropIndex(try index())
        }
    }

    mutating func node() throws(MalformedBytes) -> NodeIndex { NodeIndex(try place()) }

    mutating func relationship() throws(MalformedBytes) -> RelationshipIndex {
        RelationshipIndex(try place())
    }

    mutating func symbol<Name>() throws(MalformedBytes) -> Symbol<Name> { Symbol(try place()) }

    mutating func ends() throws(MalformedBytes) -> RelationshipEnds {
        RelationshipEnds(source: try node(), target: try node(), type: try symbol())
    }

    mutating func labels() throws(MalformedBytes) -> [LabelSymbol] {
        var labels: [LabelSymbol] = []
        for _ in 0..<(try count()) { labels.append(try symbol()) }
        return labels
    }

    mutating func index() throws(MalformedBytes) -> GraphIndex {
        let label = GraphLabel(try text())
        let key = PropertyKey(try text())
        let kind = try byte()
        guard kind & 0x7F <= 1 else { throw malformed("an index is of no known kind") }
        return GraphIndex(
            label, key, kind: kind & 0x7F == 0 ? .hash : .ordered, isUnique: kind & 0x80 != 0)
    }
}
