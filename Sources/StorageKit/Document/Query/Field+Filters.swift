extension Field where Value: DocumentConvertible {
    /// Documents in which the field, or one of its elements, is equal to the value.
    public static func == (field: Field, value: Value) -> DocumentFilter {
        .field(field.path, .equal(value.documentValue))
    }

    /// Documents in which neither the field nor one of its elements is equal to the value.
    public static func != (field: Field, value: Value) -> DocumentFilter {
        .field(field.path, .notEqual(value.documentValue))
    }

    /// Documents in which the field, or one of its elements, is less than the value.
    public static func < (field: Field, value: Value) -> DocumentFilter {
        .field(field.path, .less(value.documentValue))
    }

    /// Documents in which the field, or one of its elements, is not greater than the value.
    public static func <= (field: Field, value: Value) -> DocumentFilter {
        .field(field.path, .lessOrEqual(value.documentValue))
    }

    /// Documents in which the field, or one of its elements, is greater than the value.
    public static func > (field: Field, value: Value) -> DocumentFilter {
        .field(field.path, .greater(value.documentValue))
    }

    /// Documents in which the field, or one of its elements, is not less than the value.
    public static func >= (field: Field, value: Value) -> DocumentFilter {
        .field(field.path, .greaterOrEqual(value.documentValue))
    }

    /// Documents in which the field, or one of its elements, is one of these.
    public func isOne(of values: some Sequence<Value>) -> DocumentFilter {
        .field(path, .oneOf(values.map(\.documentValue)))
    }

    /// Documents in which neither the field nor one of its elements is one of these.
    public func isNone(of values: some Sequence<Value>) -> DocumentFilter {
        .field(path, .noneOf(values.map(\.documentValue)))
    }
}

extension Field where Value: Collection, Value.Element: DocumentConvertible {
    /// Documents whose array has the value.
    public func contains(_ value: Value.Element) -> DocumentFilter {
        .field(path, .equal(value.documentValue))
    }

    /// Documents whose array has all of these.
    public func containsAll(_ values: some Sequence<Value.Element>) -> DocumentFilter {
        .field(path, .containsAll(values.map(\.documentValue)))
    }
}

extension Field where Value: Collection {
    /// Documents whose array has so many elements.
    public func hasCount(_ count: Int) -> DocumentFilter { .field(path, .count(count)) }

    /// Documents whose array has a document that the filter matches; its paths begin there.
    ///
    /// ```swift
    /// User.posts.hasElement(Post.likes > 10 && Post.title == "Hello")
    /// ```
    public func hasElement(_ filter: DocumentFilter) -> DocumentFilter {
        .field(path, .someElement(filter))
    }
}

extension Field {
    /// Documents that have the field, be it null.
    public var exists: DocumentFilter { .field(path, .exists(true)) }

    /// Documents that do not have the field.
    public var isMissing: DocumentFilter { .field(path, .exists(false)) }

    /// Documents in which the field, or one of its elements, has one of these types.
    public func hasType(_ types: DocumentValueType...) -> DocumentFilter {
        .field(path, .type(types))
    }

    /// Documents in which the field, or one of its elements, is a text that the pattern matches.
    ///
    /// - Parameters:
    ///   - pattern: As Perl writes them.
    ///   - options: See ``DocumentRegularExpression/options``.
    public func matches(_ pattern: String, options: String = "") -> DocumentFilter {
        .field(path, .matches(DocumentRegularExpression(pattern, options: options)))
    }
}
