/// A document: named values in their order.
///
/// ```swift
/// var user: Document = ["name": "charlie", "profile": ["location": "Berlin"]]
/// user["name"]                // "charlie"
/// user[path: "profile.location"]  // "Berlin"
/// user["age"] = 42            // put behind the others
/// ```
///
/// Two documents are equal when their fields are, in the same order: that is how BSON and MongoDB
/// see it. A document that came from outside may have a name twice; the first one is found.
///
/// Names are compared byte by byte. Finding a field costs a look at each one before it.
public struct Document: Hashable, Sendable {
    /// The fields.
    public var fields: [DocumentField]

    /// Creates a document of fields.
    public init(fields: [DocumentField] = []) { self.fields = fields }

    /// Whether it has no fields.
    public var isEmpty: Bool { fields.isEmpty }

    /// How many fields it has.
    public var count: Int { fields.count }

    /// The field's value; `nil` when there is no such field.
    ///
    /// Setting replaces the value where it stands, or appends the field; setting `nil` removes it.
    public subscript(name: String) -> DocumentValue? {
        get { place(of: name).map { fields[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): fields[place].value = value
            case (let place?, nil): fields.remove(at: place)
            case (nil, let value?): fields.append(DocumentField(name, value))
            case (nil, nil): break
            }
        }
    }

    /// The value at a path that leads through documents and, by number, through arrays; `nil` when
    /// there is none.
    public subscript(path path: DocumentPath) -> DocumentValue? {
        var found = DocumentValue.document(self)
        for name in path.components {
            switch found {
            case .document(let document):
                guard let value = document[name] else { return nil }
                found = value
            case .array(let values):
                guard let place = Int(name), values.indices.contains(place) else { return nil }
                found = values[place]
            default:
                return nil
            }
        }
        return found
    }
}

extension Document: ExpressibleByDictionaryLiteral {
    /// A document with these fields, in this order.
    public init(dictionaryLiteral elements: (String, DocumentValue)...) {
        self.init(fields: elements.map(DocumentField.init))
    }
}
