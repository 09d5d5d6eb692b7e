extension GraphProperty where Value: GraphValueConvertible {
    /// A change that gives the property a value.
    ///
    /// ```swift
    /// try await store.update(ada, Person.age.set(31), Person.email.remove())
    /// ```
    public func set(_ value: Value) -> GraphPropertyChange {
        GraphPropertyChange(key: key, value: value.graphValue)
    }
}

extension GraphProperty {
    /// A change that takes the property away.
    public func remove() -> GraphPropertyChange { GraphPropertyChange(key: key, value: nil) }
}
