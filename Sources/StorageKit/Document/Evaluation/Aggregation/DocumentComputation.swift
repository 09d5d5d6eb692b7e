/// An expression, made ready: paths are taken apart, and what needs no document is computed.
///
/// Source: MongoDB's manual, "Aggregation Operators", and the server's behaviour where that is
/// silent.
indirect enum DocumentComputation {
    case constant(DocumentValue?)
    case path([String])
    /// A variable, by how many there were before it, and the path in it.
    case variable(Int, [String])
    case document([(name: String, value: DocumentComputation)])
    case array([DocumentComputation])
    case unary(DocumentUnaryOperator, DocumentComputation)
    case binary(DocumentBinaryOperator, DocumentComputation, DocumentComputation)
    case variadic(DocumentVariadicOperator, [DocumentComputation])
    case round(DocumentComputation, DocumentRounding, places: Int)
    case part(DocumentDatePart, DocumentComputation)
    case choice([(condition: DocumentComputation, value: DocumentComputation)], DocumentComputation)
    case filter(DocumentComputation, DocumentComputation)
    case map(DocumentComputation, DocumentComputation)

    /// Makes an expression ready that was checked.
    ///
    /// - Parameter variables: The names that are there, the innermost last.
    /// - Throws: The error of a part that has no field.
    init(_ expression: DocumentExpression, _ variables: [String] = []) throws(StorageError) {
        self = try Self.made(expression, variables)
        guard isComputable else { return }
        self = .constant(try value(of: DocumentScope(Document())))
    }

    private static func made(
        _ expression: DocumentExpression, _ variables: [String]
    ) throws(StorageError) -> Self {
        switch expression {
        case .field(let path): return .path(path.components)
        case .root: return .path([])
        case .variable(let name, let path):
            return .variable(variables.lastIndex(of: name) ?? 0, path?.components ?? [])
        case .literal(let value): return .constant(value)
        case .document(let fields):
            var parts: [(name: String, value: DocumentComputation)] = []
            for field in fields.elements {
                parts.append((field.name.text, try Self(field.value, variables)))
            }
            return .document(parts)
        case .array(let values): return .array(try all(values, variables))
        case .unary(let name, let value): return .unary(name, try Self(value, variables))
        case .binary(let name, let left, let right):
            return .binary(name, try Self(left, variables), try Self(right, variables))
        case .variadic(let name, let values): return .variadic(name, try all(values, variables))
        case .rounded(let value, let places, let rounding):
            return .round(try Self(value, variables), rounding, places: places)
        case .datePart(let part, let value): return .part(part, try Self(value, variables))
        case .conditional(let condition, let value, let other):
            let branch = (
                condition: try Self(condition, variables), value: try Self(value, variables)
            )
            return .choice([branch], try Self(other, variables))
        case .switch(let branches, let other):
            return try choice(branches, other, variables)
        case .filter(let array, let name, let body):
            return .filter(try Self(array, variables), try Self(body, variables + [name]))
        case .map(let array, let name, let body):
            return .map(try Self(array, variables), try Self(body, variables + [name]))
        }
    }

    private static func all(
        _ expressions: [DocumentExpression], _ variables: [String]
    ) throws(StorageError) -> [DocumentComputation] {
        var parts: [DocumentComputation] = []
        for expression in expressions { parts.append(try Self(expression, variables)) }
        return parts
    }

    /// A case that can never be is not looked at.
    private static func choice(
        _ branches: [DocumentBranch], _ other: DocumentExpression, _ variables: [String]
    ) throws(StorageError) -> DocumentComputation {
        var parts: [(condition: DocumentComputation, value: DocumentComputation)] = []
        for branch in branches {
            let condition = try Self(branch.condition, variables)
            if case .constant(let value) = condition {
                guard value.isTrue else { continue }
                return .choice(parts, try Self(branch.value, variables))
            }
            parts.append((condition, try Self(branch.value, variables)))
        }
        return .choice(parts, try Self(other, variables))
    }

    /// Whether it is made of constants alone.
    private var isComputable: Bool {
        switch self {
        case .constant, .path, .variable, .filter, .map: false
        case .document(let fields): fields.allSatisfy(\.value.isConstant)
        case .array(let values), .variadic(_, let values): values.allSatisfy(\.isConstant)
        case .unary(_, let value), .round(let value, _, _), .part(_, let value): value.isConstant
        case .binary(_, let left, let right): left.isConstant && right.isConstant
        case .choice(let branches, let other):
            other.isConstant
                && branches.allSatisfy { $0.condition.isConstant && $0.value.isConstant }
        }
    }

    private var isConstant: Bool { if case .constant = self { true } else { false } }
}

/// What an expression is computed of.
struct DocumentScope {
    let root: Document
    /// The variables, the innermost last.
    private(set) var variables: [DocumentValue] = []

    init(_ root: Document) { self.root = root }

    /// The same with one more variable.
    func adding(_ value: DocumentValue) -> DocumentScope {
        var scope = self
        scope.variables.append(value)
        return scope
    }
}
