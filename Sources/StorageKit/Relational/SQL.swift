/// A SQL statement or a part of one: text, parameters and identifiers, kept apart.
///
/// Write it as a string literal. What is interpolated becomes a **parameter**, sent beside the text
/// and never as part of it, so no value can change what the statement means:
///
/// ```swift
/// let title = "Robert'); DROP TABLE todo; --"
/// let insert: SQL = "INSERT INTO todo (title) VALUES (\(title))"
/// ```
///
/// Names of tables and columns that are only known at run time go in as `\(identifier: name)` and
/// are quoted; fragments nest (`"SELECT * FROM todo \(filter)"` with `let filter: SQL`); an array
/// becomes a list in parentheses (`WHERE id IN \(ids)`). There is no way to splice a plain `String`
/// into the text except the one that says so: ``init(verbatim:)``.
///
/// A fragment does not know its database. ``rendered(for:)`` writes it for a ``SQLDialect``: `?`
/// for SQLite, `$1` for PostgreSQL.
public struct SQL: Sendable {
    /// A piece of a statement.
    enum Part: Hashable, Sendable {
        /// Text written by the programmer.
        case text(String)
        /// A name, to be quoted.
        case identifier(String)
        /// A value, to be sent beside the text.
        case value(SQLValue)
        /// A value that is given each time a prepared statement is run.
        case placeholder
        /// Values of one type, for `IN`; there may be none.
        case list([SQLValue], SQLType)
        /// A comparison of text with a pattern, written after the text.
        case match(SQLPattern)
        /// What the databases have different words for.
        case word(SQLWord)
        /// An expression that stands in several places and has to be the same one in all of them;
        /// see ``SQL/sharing(_:)``.
        case shared([Part])
        /// A whole statement that was written for a database before.
        case rendered(RenderedSQL)
    }

    var parts: [Part]

    /// The first interpolated value that no database can store; thrown when the statement is
    /// rendered, because a string literal cannot throw.
    var failure: StorageError?

    /// An empty fragment.
    public init() { parts = [] }

    init(parts: [Part]) { self.parts = parts }

    /// Takes text as it is, **without any protection**.
    ///
    /// For statements from a file that belongs to the program. Never give it anything that came
    /// from outside.
    ///
    /// - Parameter text: SQL.
    public init(verbatim text: String) { parts = [.text(text)] }

    /// Takes a statement that was written for a database before, for that database alone.
    ///
    /// So that what is run often is not written anew each time. It stands by itself: what comes
    /// before it must have no parameters.
    package init(_ rendered: RenderedSQL) { parts = [.rendered(rendered)] }

    /// A name of a table or column, quoted for the dialect.
    public static func identifier(_ name: String) -> SQL { SQL(parts: [.identifier(name)]) }

    /// A parameter, the same as interpolating it.
    public static func value(_ value: some SQLBindable) -> SQL {
        var sql = SQL()
        sql.append(value)
        return sql
    }

    /// A parameter without a value yet, for a prepared statement.
    public static var placeholder: SQL { SQL(parts: [.placeholder]) }

    /// Appends a fragment.
    public static func += (left: inout SQL, right: SQL) {
        left.parts += right.parts
        left.failure = left.failure ?? right.failure
    }

    /// Joins two fragments with nothing in between.
    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum += right
        return sum
    }

    mutating func append<Value: SQLBindable>(list values: [Value]) {
        do throws(StorageError) {
            var bound: [SQLValue] = []
            bound.reserveCapacity(values.count)
            for value in values { bound.append(try value.sqlValue) }
            parts.append(.list(bound, Value.sqlType))
        } catch {
            fail(error)
        }
    }

    /// Has the statement throw this when it is rendered.
    mutating func fail(_ error: StorageError) { failure = failure ?? error }

    mutating func append(_ value: some SQLBindable) {
        do throws(StorageError) {
            parts.append(.value(try value.sqlValue))
        } catch {
            parts.append(.value(.null))
            fail(error)
        }
    }
}

extension Sequence<SQL> {
    /// The fragments with a separator between each two.
    public func joined(separator: SQL) -> SQL {
        var joined = SQL()
        for (index, fragment) in enumerated() {
            if index > 0 { joined += separator }
            joined += fragment
        }
        return joined
    }
}
