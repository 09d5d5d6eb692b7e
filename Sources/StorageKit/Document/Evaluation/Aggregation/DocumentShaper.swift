/// What a projection, or a stage that adds fields, makes of a document: a tree of its paths.
struct DocumentShaper {
    private indirect enum Part {
        case taken
        case computed(DocumentComputation)
        case inside(DocumentShaper)
    }

    /// By their names, in the order in which they were first named.
    private var parts: [(name: String, part: Part)] = []
    /// Whether what is not named stays.
    private let keepsOthers: Bool

    private init(keepsOthers: Bool) { self.keepsOthers = keepsOthers }

    /// Makes a projection ready that was checked.
    init(
        _ paths: [DocumentPath], _ computed: DocumentFields<DocumentExpression>, id: Bool
    ) throws(StorageError) {
        keepsOthers = false
        for path in paths { put(.taken, at: path.components[...]) }
        for field in computed.elements {
            put(.computed(try DocumentComputation(field.value)), at: field.name.components[...])
        }
        if id, self[DocumentPath.id.text] == nil { put(.taken, at: [DocumentPath.id.text]) }
    }

    /// Makes added fields ready that were checked.
    init(adding fields: DocumentFields<DocumentExpression>) throws(StorageError) {
        keepsOthers = true
        for field in fields.elements {
            put(.computed(try DocumentComputation(field.value)), at: field.name.components[...])
        }
    }

    private mutating func put(_ part: Part, at names: ArraySlice<String>) {
        guard let name = names.first else { return }
        let rest = names.dropFirst()
        guard !rest.isEmpty else {
            parts.append((name, part))
            return
        }
        if let place = parts.firstIndex(where: { $0.name.hasSameBytes(as: name) }),
            case .inside(var inner) = parts[place].part
        {
            inner.put(part, at: rest)
            parts[place].part = .inside(inner)
            return
        }
        var inner = DocumentShaper(keepsOthers: keepsOthers)
        inner.put(part, at: rest)
        parts.append((name, .inside(inner)))
    }

    private subscript(name: String) -> Part? {
        parts.first { $0.name.hasSameBytes(as: name) }?.part
    }

    private var computes: Bool {
        parts.contains {
            switch $0.part {
            case .taken: false
            case .computed: true
            case .inside(let inner): inner.computes
            }
        }
    }

    /// What becomes of a document.
    func callAsFunction(_ document: Document) throws(StorageError) -> Document {
        try shape(document, DocumentScope(document))
    }

    private func shape(
        _ document: Document, _ scope: DocumentScope
    ) throws(StorageError) -> Document {
        var result = keepsOthers ? document : try taken(from: document, scope)
        for (name, part) in parts {
            switch part {
            case .taken: break
            case .computed(let computation): result[name] = try computation.value(of: scope)
            case .inside(let inner):
                // A projection has made it already of what was there.
                if !keepsOthers, document[name] != nil { continue }
                guard inner.computes else { continue }
                result[name] = try inner.shape(document[name], scope)
            }
        }
        return result
    }

    private func taken(
        from document: Document, _ scope: DocumentScope
    ) throws(StorageError) -> Document {
        var result = Document()
        for field in document.fields {
            switch self[field.name] {
            case nil, .computed?: break
            case .taken?: result.fields.append(field)
            case .inside(let inner)?:
                guard let value = try inner.shape(field.value, scope) else { continue }
                result.fields.append(DocumentField(field.name, value))
            }
        }
        return result
    }

    /// Of an array, each element; of what is no document, one with what is computed.
    private func shape(
        _ value: DocumentValue?, _ scope: DocumentScope
    ) throws(StorageError) -> DocumentValue? {
        switch value {
        case .document(let document)?: return .document(try shape(document, scope))
        case .array(let elements)?:
            var shaped: [DocumentValue] = []
            for element in elements {
                if let value = try shape(element, scope) { shaped.append(value) }
            }
            return .array(shaped)
        default: return computes ? .document(try shape(Document(), scope)) : nil
        }
    }
}
