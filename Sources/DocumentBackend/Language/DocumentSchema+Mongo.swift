internal import StorageKit

extension DocumentSchema {
    /// The schema as `$jsonSchema` has it.
    ///
    /// Source: MongoDB's manual, "$jsonSchema".
    var mongo: Document {
        var schema = Document()
        if !types.isEmpty { schema["bsonType"] = .array(types.map { .string($0.operatorName) }) }
        if !values.isEmpty { schema["enum"] = .array(values) }
        minimum.map { schema.put($0, "minimum", "exclusiveMinimum") }
        maximum.map { schema.put($0, "maximum", "exclusiveMaximum") }
        for (name, keyPath) in Self.counts {
            if let count = self[keyPath: keyPath] { schema[name] = .int64(Int64(count)) }
        }
        if let pattern { schema["pattern"] = .string(pattern) }
        if let items { schema["items"] = .document(items.mongo) }
        if hasUniqueItems { schema["uniqueItems"] = true }
        if !fields.isEmpty {
            schema["properties"] = .document(
                Document(fields: fields.map { DocumentField($0.name, .document($0.schema.mongo)) }))
        }
        let required = fields.filter(\.isRequired)
        // The server does not take a list of none.
        if !required.isEmpty { schema["required"] = .array(required.map { .string($0.name) }) }
        if !allowsOtherFields { schema["additionalProperties"] = false }
        return schema
    }

    /// Reads a `$jsonSchema`, or gives `nil` for one with rules that this value does not have.
    init?(mongo schema: Document) {
        self.init()
        for field in schema.fields {
            guard read(field) else { return nil }
        }
        for (bound, name) in [(\Self.minimum, "exclusiveMinimum"), (\.maximum, "exclusiveMaximum")]
        {
            guard let isExcluded = schema[name] else { continue }
            guard case .bool(let flag) = isExcluded, self[keyPath: bound] != nil else { return nil }
            self[keyPath: bound]?.isIncluded = !flag
        }
        guard case .array(let names)? = schema["required"] else { return }
        for name in names.compactMap(\.text) {
            if let place = fields.firstIndex(where: { $0.name.hasSameBytes(as: name) }) {
                fields[place].isRequired = true
            } else {
                fields.append(.required(name))
            }
        }
    }

    private mutating func read(_ field: DocumentField) -> Bool {
        if let (_, keyPath) = Self.counts.first(where: { $0.0 == field.name }) {
            self[keyPath: keyPath] = field.value.wholeNumber
            return self[keyPath: keyPath] != nil
        }
        switch (field.name, field.value) {
        case ("bsonType", .string(let name)): return read(types: [.string(name)])
        case ("bsonType", .array(let names)): return read(types: names)
        case ("enum", .array(let values)): self.values = values
        case ("minimum", let value): minimum = Bound(value)
        case ("maximum", let value): maximum = Bound(value)
        case ("pattern", .string(let pattern)): self.pattern = pattern
        case ("uniqueItems", .bool(let flag)): hasUniqueItems = flag
        case ("additionalProperties", .bool(let flag)): allowsOtherFields = flag
        case ("items", .document(let schema)):
            items = DocumentSchema(mongo: schema)
            return items != nil
        case ("properties", .document(let properties)): return read(properties)
        // What they say is read elsewhere, or is for people.
        case ("required", .array), ("exclusiveMinimum", _), ("exclusiveMaximum", _), ("title", _),
            ("description", _):
            break
        default: return false
        }
        return true
    }

    private mutating func read(types names: [DocumentValue]) -> Bool {
        let found = names.compactMap(\.text).flatMap(DocumentValueType.named)
        // All numbers and one of them beside it are no more than all.
        var seen: Set<DocumentValueType> = []
        types = found.filter { seen.insert($0).inserted }
        return found.count >= names.count
    }

    private mutating func read(_ properties: Document) -> Bool {
        for field in properties.fields {
            guard case .document(let inner) = field.value,
                let schema = DocumentSchema(mongo: inner)
            else { return false }
            fields.append(.optional(field.name, schema))
        }
        return true
    }

    private static var counts: [(String, WritableKeyPath<DocumentSchema, Int?>)] {
        [
            ("minLength", \.minimumLength), ("maxLength", \.maximumLength),
            ("minItems", \.minimumCount), ("maxItems", \.maximumCount),
            ("minProperties", \.minimumFields), ("maxProperties", \.maximumFields),
        ]
    }
}

extension Document {
    fileprivate mutating func put(
        _ bound: DocumentSchema.Bound, _ name: String, _ exclusion: String
    ) {
        self[name] = bound.value
        if !bound.isIncluded { self[exclusion] = true }
    }
}

extension DocumentValueType {
    /// The types of a name; one stands for all numbers.
    fileprivate static func named(_ name: String) -> [DocumentValueType] {
        name == "number" ? numbers : allCases.filter { $0.operatorName == name }
    }
}
