/// The methods of a `Repository`, by name.
public enum RepositoryMethod: String, CaseIterable, Hashable, Sendable {
    /// `get` of one identifier.
    case get
    /// `get` of several identifiers.
    case getMany
    /// `insert`.
    case insert
    /// `replace`.
    case replace
    /// `upsert`.
    case upsert
    /// `delete`.
    case delete
    /// `scan`.
    case scan

    /// Whether it changes the store.
    public var isWrite: Bool {
        switch self {
        case .insert, .replace, .upsert, .delete: true
        case .get, .getMany, .scan: false
        }
    }
}
