public import StorageKit

/// A function written in Swift that statements can call.
///
/// ```swift
/// let database = SQLiteDatabase(
///     .file("people.db"),
///     functions: [
///         .scalar("initial", isDeterministic: true) { (name: String) in String(name.prefix(1)) }
///     ])
/// try await database.query("SELECT initial(name) FROM person", as: String.self, limit: 10)
/// ```
///
/// * Each connection of the database has it, also those that are opened later.
/// * Arguments are read as strictly as columns: one of another type, or NULL where the parameter is
///   no optional, is ``StorageError/Code/decodingFailed``. So is calling it with another number of
///   arguments, as `invalidStatement`.
/// * What it throws fails the statement. A ``StorageError`` gives it its code and message, any
///   other error ``StorageError/Code/invalidArgument`` and the error's type; the error itself is
///   ``StorageError/underlying``.
/// * It runs on the connection's thread, and in lookups on the caller's; several connections call
///   it at the same time. It must be quick, and must not wait for the database.
/// * A file whose schema uses it, in an index or a `CHECK`, can be written only where it is there.
public struct SQLiteFunction: Sendable {
    enum Definition: Sendable {
        case scalar(@Sendable (inout SQLiteArguments) throws -> SQLValue)
        case aggregate(@Sendable () -> SQLiteAggregation)
    }

    /// What statements call it; in any case.
    public let name: String
    /// How many arguments it takes.
    public let argumentCount: Int
    /// Whether it gives the same result for the same arguments, always.
    public let isDeterministic: Bool

    let definition: Definition

    /// A function of one row.
    ///
    /// - Parameters:
    ///   - name: What statements call it; one of SQLite's own with as many arguments is replaced.
    ///   - isDeterministic: Whether it gives the same result for the same arguments, always: then
    ///     SQLite may call it less often, and it may be used in indexes and generated columns.
    ///   - body: Computes the result.
    public static func scalar<each Argument: SQLColumnDecodable, Value: SQLBindable>(
        _ name: String, isDeterministic: Bool = false,
        _ body: @escaping @Sendable (repeat each Argument) throws -> Value
    ) -> SQLiteFunction {
        SQLiteFunction(
            name: name, argumentCount: count((repeat each Argument).self),
            isDeterministic: isDeterministic,
            definition: .scalar { arguments in
                try body(repeat (each Argument).decode(arguments.next())).sqlValue
            })
    }

    /// A function of many rows, as `sum` is.
    ///
    /// - Parameters:
    ///   - name: What statements call it.
    ///   - isDeterministic: Whether it gives the same result for the same rows, always.
    ///   - initial: The state before the first row of a group.
    ///   - step: Takes in a row.
    ///   - result: The result of the rows that were taken in; of none, that of the initial state.
    public static func aggregate<
        State, each Argument: SQLColumnDecodable, Value: SQLBindable
    >(
        _ name: String, isDeterministic: Bool = false,
        initial: @escaping @Sendable () -> State,
        step: @escaping @Sendable (inout State, repeat each Argument) throws -> Void,
        result: @escaping @Sendable (State) throws -> Value
    ) -> SQLiteFunction {
        SQLiteFunction(
            name: name, argumentCount: count((repeat each Argument).self),
            isDeterministic: isDeterministic,
            definition: .aggregate {
                var state = initial()
                return SQLiteAggregation { arguments in
                    try step(&state, repeat (each Argument).decode(arguments.next()))
                } finish: {
                    try result(state).sqlValue
                }
            })
    }

    private static func count<each Argument>(_ type: (repeat each Argument).Type) -> Int {
        var count = 0
        repeat count += one((each Argument).self)
        return count
    }

    private static func one<Argument>(_ type: Argument.Type) -> Int { 1 }
}

/// One group of rows on its way through an aggregate function.
final class SQLiteAggregation {
    let accept: (inout SQLiteArguments) throws -> Void
    let finish: () throws -> SQLValue

    init(
        accept: @escaping (inout SQLiteArguments) throws -> Void,
        finish: @escaping () throws -> SQLValue
    ) {
        self.accept = accept
        self.finish = finish
    }
}
