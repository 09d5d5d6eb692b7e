// Changes by values that the type itself encodes, and that can fail to.

extension Field where Value: Encodable {
    /// The field has this value, encoded as in an entity.
    ///
    /// ```swift
    /// try await users.updateOne(User.id == "charlie", [User.profile.set(encoding: profile)])
    /// ```
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` when a document cannot hold it.
    public func set(encoding value: Value) throws(StorageError) -> DocumentChange {
        .set(path, try DocumentEncoder().value(of: value))
    }
}

extension Field where Value: Collection, Value.Element: Encodable {
    /// The array has the values behind its others, encoded as in an entity; without the field, it
    /// is an array of them.
    ///
    /// ```swift
    /// let post = Post(title: "Hello", likes: 0)
    /// try await users.updateOne(User.id == "charlie", [User.posts.push(encoding: [post])])
    /// ```
    ///
    /// - Parameters:
    ///   - values: What is put in.
    ///   - position: See ``DocumentPush/position``.
    ///   - sorting: See ``DocumentPush/sorting``.
    ///   - slice: See ``DocumentPush/slice``.
    /// - Throws: ``StorageError/Code/encodingFailed`` when a document cannot hold one of them.
    public func push(
        encoding values: [Value.Element], position: Int? = nil,
        sorting: DocumentPush.Sorting? = nil, slice: Int? = nil
    ) throws(StorageError) -> DocumentChange {
        var encoded: [DocumentValue] = []
        for value in values { encoded.append(try DocumentEncoder().value(of: value)) }
        return .push(
            path, DocumentPush(encoded, position: position, sorting: sorting, slice: slice))
    }
}
