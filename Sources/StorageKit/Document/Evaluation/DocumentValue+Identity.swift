extension DocumentValue {
    /// Whether both are stored as the same bytes: -0.0 is not 0.0, and a NaN is itself.
    package func isIdentical(to other: DocumentValue) -> Bool {
        switch (self, other) {
        case (.double(let left), .double(let right)): left.bitPattern == right.bitPattern
        case (.document(let left), .document(let right)): left.isIdentical(to: right)
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isIdentical(to: $1) }
        case (.decimal128, .decimal128): self == other
        case (
            .javaScriptWithScope(let left, let scope), .javaScriptWithScope(let right, let other)
        ):
            left.hasSameBytes(as: right) && scope.isIdentical(to: other)
        default: type == other.type && isEqual(to: other)
        }
    }
}

extension Document {
    /// Whether both are stored as the same bytes.
    package func isIdentical(to other: Document) -> Bool {
        count == other.count
            && zip(fields, other.fields).allSatisfy {
                $0.name.hasSameBytes(as: $1.name) && $0.value.isIdentical(to: $1.value)
            }
    }
}
