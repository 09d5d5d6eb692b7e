/// The place of a value that is being encoded: containers that are open at the same time fill it.
final class GraphSlot {
    private enum Content {
        case null
        case value(GraphValue)
        case fields
        case elements
    }

    private var content: Content?
    private var fields: [String: GraphSlot] = [:]
    private var elements: [GraphSlot] = []

    /// How many elements it has.
    var count: Int { elements.count }

    func put(_ value: GraphValue?) { content = value.map(Content.value) ?? .null }

    func openFields() { content = .fields }

    func openElements() { content = .elements }

    /// The place of a field; one of the same name is replaced.
    func field(_ name: String) -> GraphSlot {
        let slot = GraphSlot()
        fields[name] = slot
        return slot
    }

    /// The place of another element.
    func append() -> GraphSlot {
        let slot = GraphSlot()
        elements.append(slot)
        return slot
    }
}

extension GraphSlot {
    /// The properties of an entity: its fields that are there.
    func properties() throws(StorageError) -> [PropertyKey: GraphValue] {
        switch content {
        case nil: return [:]
        case .fields:
            var properties: [PropertyKey: GraphValue] = [:]
            for (name, slot) in fields {
                properties[PropertyKey(name)] = try slot.value(at: [name])
            }
            return properties
        case .null, .value, .elements:
            throw .graphEncoding("an entity has named fields", [])
        }
    }

    /// What a property holds; `nil` for none.
    func value(at path: [String]) throws(StorageError) -> GraphValue? {
        switch content {
        case .null: return nil
        case .value(let value): return value
        case .elements:
            var values: [GraphValue] = []
            values.reserveCapacity(elements.count)
            for (place, slot) in elements.enumerated() {
                let path = path + ["\(place)"]
                guard let value = try slot.value(at: path) else {
                    throw .graphEncoding("a list has no nil in it", path)
                }
                values.append(value)
            }
            return .list(values)
        case nil, .fields:
            throw .graphEncoding(
                "a property has no fields of its own; make it a node of its own, or a list", path)
        }
    }
}
