/// The one error type of the package: what failed, where, and what to do about it.
///
/// Every store throws it and nothing else (the protocols say `throws(StorageError)`), so a caller
/// needs a single `catch` and never has to know which C library was underneath. Decide on ``code``,
/// never on ``message``: the codes are stable, the wording is not.
///
/// ```swift
/// do {
///     try await todos.insert(todo)
/// } catch where error.code == .alreadyExists {
///     try await todos.replace(todo)
/// }
/// ```
///
/// ``message``, ``statement`` and ``description`` hold no value that was bound to a statement and
/// may be logged; ``underlying`` is whatever was thrown, and may hold one. An error is one pointer
/// wide, so a typed `throws` costs no more than an untyped one.
public struct StorageError: Error, Sendable {
    private let storage: Storage

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: What kind of failure it is; callers branch on it.
    ///   - message: One sentence: what happened and what to do. No values from statements.
    ///   - operation: The call that failed, for example `insert` or `open`.
    ///   - store: The store it failed on, for example `sqlite:todo.db` or `redis 127.0.0.1:6379`.
    ///   - native: The code the database or the C library gave, if there was one.
    ///   - constraint: The rule of the schema that was broken, if one was.
    ///   - statement: The statement or command with placeholders in place of its values.
    ///   - underlying: The error this one was made from.
    ///   - isRetryable: Whether the same call may succeed later, unchanged. By default what
    ///     the code says.
    ///   - mayHaveBeenApplied: Whether the effect may have happened in spite of the error.
    public init(
        code: Code,
        message: String,
        operation: String? = nil,
        store: String? = nil,
        native: NativeCode? = nil,
        constraint: Constraint? = nil,
        statement: String? = nil,
        underlying: (any Error)? = nil,
        isRetryable: Bool? = nil,
        mayHaveBeenApplied: Bool = false
    ) {
        storage = Storage(
            Fields(
                code: code, message: message, operation: operation, store: store, native: native,
                constraint: constraint, statement: statement, underlying: underlying,
                isRetryable: isRetryable ?? code.isRetryableByDefault,
                mayHaveBeenApplied: mayHaveBeenApplied))
    }

    /// What kind of failure it is.
    public var code: Code { storage.fields.code }

    /// What happened and what to do about it, in one sentence for a person.
    public var message: String { storage.fields.message }

    /// The call that failed, for example `insert`.
    public var operation: String? { storage.fields.operation }

    /// The store the call was made on.
    public var store: String? { storage.fields.store }

    /// The code the database or the C library gave.
    public var native: NativeCode? { storage.fields.native }

    /// The rule of the schema that was broken, as far as the database says which.
    public var constraint: Constraint? { storage.fields.constraint }

    /// The statement or command, its values withheld.
    public var statement: String? { storage.fields.statement }

    /// The error this one was made from, for example the user's own from a transaction's body.
    public var underlying: (any Error)? { storage.fields.underlying }

    /// Whether the same call may succeed later, unchanged.
    ///
    /// It says nothing about whether repeating is safe: that depends on ``mayHaveBeenApplied`` and
    /// on whether the call is idempotent.
    public var isRetryable: Bool { storage.fields.isRetryable }

    /// Whether the effect may have happened although the call failed.
    ///
    /// True when a connection was lost after a request was sent and before its answer came, or when
    /// the file system failed in a commit. When it is false, nothing was changed.
    public var mayHaveBeenApplied: Bool { storage.fields.mayHaveBeenApplied }

    /// The same error with the call and the store filled in where they were not known yet.
    public func adding(operation: String? = nil, store: String? = nil) -> StorageError {
        changed {
            $0.operation = $0.operation ?? operation
            $0.store = $0.store ?? store
        }
    }

    /// The same error as one of the call that the user made, in place of the one inside it.
    public func renamed(operation: String, store: String) -> StorageError {
        changed {
            $0.operation = operation
            $0.store = store
        }
    }

    /// The same error but for what the body changes.
    package func changed(_ body: (inout Fields) -> Void) -> StorageError {
        var fields = storage.fields
        body(&fields)
        return StorageError(fields)
    }

    /// The error for a task that was cancelled before its call had an effect.
    public static func cancelled(operation: String? = nil, store: String? = nil) -> StorageError {
        StorageError(
            code: .cancelled, message: "the task was cancelled before the call was done",
            operation: operation, store: store, underlying: CancellationError())
    }
}

extension StorageError {
    /// What an error holds.
    package struct Fields: Sendable {
        package var code: Code
        package var message: String
        package var operation: String?
        package var store: String?
        package var native: NativeCode?
        package var constraint: Constraint?
        package var statement: String?
        package var underlying: (any Error)?
        package var isRetryable: Bool
        package var mayHaveBeenApplied: Bool
    }

    /// The fields behind one reference, so that the error is one word wide.
    private final class Storage: Sendable {
        let fields: Fields

        init(_ fields: Fields) { self.fields = fields }
    }

    private init(_ fields: Fields) { storage = Storage(fields) }
}
