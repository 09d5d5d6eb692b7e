/// A place in a document that is being encoded: containers that are open at the same time fill it.
final class DocumentSlot {
    private enum Content {
        case value(DocumentValue)
        case fields([(name: String, slot: DocumentSlot)])
        case elements([DocumentSlot])
    }

    private var content: Content?

    /// What is in it by now; `nil` when nothing was put in.
    var value: DocumentValue? {
        switch content {
        case nil: nil
        case .value(let value): value
        case .fields(let fields):
            .document(
                Document(
                    fields: fields.compactMap { field in
                        field.slot.value.map { DocumentField(field.name, $0) }
                    }))
        case .elements(let slots): .array(slots.map { $0.value ?? .document(Document()) })
        }
    }

    /// How many elements it has.
    var count: Int { if case .elements(let slots) = content { slots.count } else { 0 } }

    func put(_ value: DocumentValue) { content = .value(value) }

    /// Makes it a document, unless it is one.
    func openDocument() {
        if case .fields = content { return }
        content = .fields([])
    }

    /// Makes it an array, unless it is one.
    func openArray() {
        if case .elements = content { return }
        content = .elements([])
    }

    /// The place of a field; one of the same name is replaced.
    func field(_ name: String) -> DocumentSlot {
        let slot = DocumentSlot()
        guard case .fields(var fields) = content else { return slot }
        // The array has one owner, so that it is not copied for each field.
        content = nil
        if let place = fields.firstIndex(where: { $0.name.hasSameBytes(as: name) }) {
            fields[place].slot = slot
        } else {
            fields.append((name, slot))
        }
        content = .fields(fields)
        return slot
    }

    /// The place of another element.
    func append() -> DocumentSlot {
        let slot = DocumentSlot()
        guard case .elements(var slots) = content else { return slot }
        content = nil
        slots.append(slot)
        content = .elements(slots)
        return slot
    }
}
