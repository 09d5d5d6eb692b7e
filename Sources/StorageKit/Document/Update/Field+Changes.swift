extension Field where Value: DocumentConvertible {
    /// The field has this value.
    public func set(to value: Value) -> DocumentChange { .set(path, value.documentValue) }

    /// The field has this value if the document is inserted by this very update.
    public func setOnInsert(to value: Value) -> DocumentChange {
        .setOnInsert(path, value.documentValue)
    }

    /// The value, if what is there is greater or nothing is.
    public func lower(to value: Value) -> DocumentChange { .lower(path, to: value.documentValue) }

    /// The value, if what is there is less or nothing is.
    public func raise(to value: Value) -> DocumentChange { .raise(path, to: value.documentValue) }
}

extension Field where Value: DocumentConvertible & Numeric {
    /// The number is so much greater; without the field, it is this number.
    public func increment(by amount: Value = 1) -> DocumentChange {
        .increment(path, by: amount.documentValue)
    }

    /// The number is so many times as great; without the field, it is zero.
    public func multiply(by factor: Value) -> DocumentChange {
        .multiply(path, by: factor.documentValue)
    }
}

extension Field {
    /// The field is not there.
    public var unset: DocumentChange { .unset(path) }

    /// The field has the other name, and replaces what had it.
    public func rename(to other: Field) -> DocumentChange { .rename(path, to: other.path) }
}

extension Field where Value == DocumentDate {
    /// The field is the server's present.
    public var setToNow: DocumentChange { .currentDate(path) }
}

extension Field where Value: Collection, Value.Element: DocumentConvertible {
    /// The array has the values behind its others; without the field, it is an array of them.
    public func push(_ values: Value.Element...) -> DocumentChange {
        .push(path, DocumentPush(values.map(\.documentValue)))
    }

    /// The array has the values besides, and is sorted and cut then.
    ///
    /// - Parameters:
    ///   - values: What is put in.
    ///   - position: See ``DocumentPush/position``.
    ///   - sorting: See ``DocumentPush/sorting``.
    ///   - slice: See ``DocumentPush/slice``.
    public func push(
        contentsOf values: some Sequence<Value.Element>, position: Int? = nil,
        sorting: DocumentPush.Sorting? = nil, slice: Int? = nil
    ) -> DocumentChange {
        .push(
            path,
            DocumentPush(
                values.map(\.documentValue), position: position, sorting: sorting, slice: slice))
    }

    /// The array has those of the values besides that it has not.
    public func addToSet(_ values: Value.Element...) -> DocumentChange {
        .addToSet(path, values.map(\.documentValue))
    }

    /// The array has none of these values any more.
    public func pull(_ values: Value.Element...) -> DocumentChange {
        .pull(path, .values(values.map(\.documentValue)))
    }
}

extension Field where Value: Collection {
    /// The array has no document any more that the filter matches; its paths begin there.
    public func pull(where filter: DocumentFilter) -> DocumentChange {
        .pull(path, .elements(filter))
    }

    /// The array has one element less.
    public func pop(_ end: ListEnd) -> DocumentChange { .pop(path, end) }
}
