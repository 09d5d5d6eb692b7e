/// That tables have changed: what a reader of ``ChangeObservingStore/changes(in:)`` is told.
public struct TableChanges: Hashable, Sendable {
    /// The tables, spelt as the observer named them; never empty.
    public var tables: Set<String>

    /// Creates an event.
    public init(tables: Set<String>) { self.tables = tables }
}
