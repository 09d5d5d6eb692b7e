extension DocumentComputation {
    /// What it gives; `nil` for nothing.
    ///
    /// - Throws: `wrongType`, `outOfRange`, and `invalidArgument` for a division by zero.
    func value(of scope: DocumentScope) throws(StorageError) -> DocumentValue? {
        switch self {
        case .constant(let value): return value
        case .path(let names):
            return names.isEmpty ? .document(scope.root) : scope.root.value(along: names[...])
        case .variable(let place, let names):
            return scope.variables[place].value(along: names[...])
        case .document(let fields):
            var document = Document()
            for field in fields {
                guard let value = try field.value.value(of: scope) else { continue }
                document.fields.append(DocumentField(field.name, value))
            }
            return .document(document)
        case .array(let values):
            return .array(try Self.values(of: values, scope))
        case .unary(let name, let operand): return try name.apply(to: operand.value(of: scope))
        case .binary(let name, let left, let right):
            return try name.apply(to: left.value(of: scope), right.value(of: scope))
        case .variadic(let name, let operands): return try name.apply(to: operands, scope)
        case .round(let value, let rounding, let places):
            return try DocumentRound(rounding, places: places)(value.value(of: scope))
        case .part(let part, let moment): return try part.apply(to: moment.value(of: scope))
        case .choice(let branches, let other):
            for branch in branches where try branch.condition.value(of: scope).isTrue {
                return try branch.value.value(of: scope)
            }
            return try other.value(of: scope)
        case .filter(let array, let condition):
            return try Self.elements(array.value(of: scope)) { (element) throws(StorageError) in
                try condition.value(of: scope.adding(element)).isTrue ? element : nil
            }
        case .map(let array, let body):
            return try Self.elements(array.value(of: scope)) { (element) throws(StorageError) in
                try body.value(of: scope.adding(element)) ?? .null
            }
        }
    }

    private static func values(
        of operands: [DocumentComputation], _ scope: DocumentScope
    ) throws(StorageError) -> [DocumentValue] {
        var values: [DocumentValue] = []
        for operand in operands { values.append(try operand.value(of: scope) ?? .null) }
        return values
    }

    /// What becomes of the elements of an array, without those that become nothing.
    private static func elements(
        _ array: DocumentValue?, _ body: (DocumentValue) throws(StorageError) -> DocumentValue?
    ) throws(StorageError) -> DocumentValue {
        guard !array.isNothing else { return .null }
        guard case .array(let elements)? = array else {
            throw .expressionDoesNotFit("what should be gone through is no array")
        }
        var found: [DocumentValue] = []
        for element in elements {
            if let value = try body(element) { found.append(value) }
        }
        return .array(found)
    }
}

extension DocumentValue? {
    /// Whether it is null, undefined or not there.
    var isNothing: Bool {
        switch self {
        case nil, .null?, .undefined?: true
        default: false
        }
    }

    /// Whether a condition that gives it holds.
    var isTrue: Bool {
        switch self {
        case nil, .null?, .undefined?, .bool(false)?: return false
        case let value?:
            guard let number = DocumentNumber(value) else { return true }
            return number.compare(to: DocumentNumber(0 as Int64)) != 0
        }
    }
}

extension StorageError {
    /// The error for a value of a document that an expression cannot compute with.
    static func expressionDoesNotFit(_ what: String) -> StorageError {
        StorageError(
            code: .wrongType, message: "an expression does not fit what a document has: \(what)")
    }

    /// The error for a result that its type does not hold.
    static func resultOutOfRange(_ what: String) -> StorageError {
        StorageError(code: .outOfRange, message: "the result of an expression: \(what)")
    }
}

extension Document {
    /// The value at an expression's path.
    func value(along names: ArraySlice<String>) -> DocumentValue? {
        guard let name = names.first else { return .document(self) }
        guard let place = place(of: name) else { return nil }
        return fields[place].value.value(along: names.dropFirst())
    }
}

extension DocumentValue {
    /// The value at an expression's path: of an array, the array of what its documents have there.
    func value(along names: ArraySlice<String>) -> DocumentValue? {
        guard !names.isEmpty else { return self }
        switch self {
        case .document(let document): return document.value(along: names)
        case .array(let elements):
            return .array(
                elements.compactMap { element in
                    guard case .document(let document) = element else { return nil }
                    return document.value(along: names)
                })
        default: return nil
        }
    }
}
