/// What a program knows of a table: its name, its columns with their types, and the entity that a
/// row of it is.
///
/// ```swift
/// struct Accounts: TableDescription {
///     typealias Row = Account
///     static let name = "account"
///     let id = TableColumn<Int>("id")
///     let owner = TableColumn<String>("owner")
///     let balance = TableColumn<Int>("balance")
/// }
///
/// let rich = Accounts.all
///     .filter { $0.balance >= 1_000 && $0.owner.hasPrefix("A") }
///     .order { [$0.balance.descending] }
/// let accounts = try await store.query(rich, limit: 100)
/// ```
///
/// It is written once, by hand; no macro reads it and nothing is asked of the database. That it
/// agrees with the schema is the caller's promise: a column that is not there is an
/// ``StorageError/Code/invalidStatement`` when the query is run, a value of another type a
/// ``StorageError/Code/decodingFailed``.
///
/// A column that may be NULL has an optional type, `TableColumn<Int?>`.
public protocol TableDescription: Sendable {
    /// The entity: its coding keys are columns of the table.
    associatedtype Row: Codable & Sendable

    /// The table's name.
    static var name: String { get }

    /// The columns of the primary key, by which every row differs; `id` unless it says otherwise.
    static var key: [String] { get }

    /// Creates the description: a struct whose properties all have values needs no code.
    init()
}

extension TableDescription {
    /// `id`.
    public static var key: [String] { ["id"] }

    /// Every row of the table: where each query begins.
    public static var all: SelectQuery<TableReference<Self>> {
        let table = TableReference(Self(), qualifier: nil)
        return SelectQuery(scope: table, clauses: SelectClauses(from: .identifier(name)))
    }
}
