internal import CSQLite
internal import StorageKit

// Functions and collations of the user's, registered when a connection is opened and released by
// SQLite when it is closed.
extension SQLiteHandle {
    /// How many arguments a function may have everywhere ("the maximum number of arguments …
    /// default 100", sqlite.org/limits.html).
    private static let maximumArguments = 100
    /// "The length of the name is limited to 255 bytes" (sqlite.org/c3ref/create_function.html).
    private static let maximumNameLength = 255

    /// Makes a function callable.
    func register(_ function: SQLiteFunction) throws(StorageError) {
        try Self.check(name: function.name)
        guard function.argumentCount <= Self.maximumArguments else {
            throw StorageError(
                code: .invalidArgument,
                message: "a function has \(Self.maximumArguments) arguments at the most")
        }
        // Retained for SQLite, which releases it also when this call fails: "The destructor is also
        // invoked if the call to sqlite3_create_function_v2() fails".
        let box = Unmanaged.passRetained(SQLiteFunctionBox(function, functionFailure)).toOpaque()
        let flags = SQLITE_UTF8 | (function.isDeterministic ? SQLITE_DETERMINISTIC : 0)
        try check(create(function, flags, box), statement: nil)
    }

    private func create(
        _ function: SQLiteFunction, _ flags: Int32, _ box: UnsafeMutableRawPointer
    ) -> Int32 {
        let count = Int32(clamping: function.argumentCount)
        switch function.definition {
        case .scalar:
            return sqlite3_create_function_v2(
                pointer, function.name, count, flags, box,
                { context, _, values in SQLiteFunctionCall(context)?.run(values) },
                nil, nil, Self.releaseFunction)
        case .aggregate:
            return sqlite3_create_function_v2(
                pointer, function.name, count, flags, box, nil,
                { context, _, values in SQLiteFunctionCall(context)?.step(values) },
                { context in SQLiteFunctionCall(context)?.finish() }, Self.releaseFunction)
        }
    }

    /// Makes a collation usable.
    func register(_ collation: SQLiteCollation) throws(StorageError) {
        try Self.check(name: collation.name)
        let box = Unmanaged.passRetained(SQLiteCollationBox(collation))
        let result = sqlite3_create_collation_v2(
            pointer, collation.name, SQLITE_UTF8, box.toOpaque(),
            { context, leftCount, left, rightCount, right in
                guard let context else { return 0 }
                return Unmanaged<SQLiteCollationBox>.fromOpaque(context).takeUnretainedValue()
                    .collation.compare(
                        SQLiteHandle.text(left, leftCount), SQLiteHandle.text(right, rightCount))
            },
            { context in
                if let context { Unmanaged<SQLiteCollationBox>.fromOpaque(context).release() }
            })
        guard result != SQLITE_OK else { return }
        // Unlike that of functions: "the xDestroy callback is not called if the
        // sqlite3_create_collation_v2() function fails" (sqlite.org/c3ref/create_collation.html).
        box.release()
        throw error(result, statement: nil)
    }

    private static let releaseFunction: @convention(c) (UnsafeMutableRawPointer?) -> Void = {
        if let box = $0 { Unmanaged<SQLiteFunctionBox>.fromOpaque(box).release() }
    }

    private static func text(_ start: UnsafeRawPointer?, _ count: Int32) -> String {
        String(
            decoding: UnsafeRawBufferPointer(start: start, count: Int(count)), as: UTF8.self)
    }

    private static func check(name: String) throws(StorageError) {
        guard !name.isEmpty, name.utf8.count <= maximumNameLength, !name.utf8.contains(0) else {
            throw StorageError(
                code: .invalidArgument,
                message: "the name of a function or collation has 1 to \(maximumNameLength) bytes "
                    + "and no NUL")
        }
    }
}

/// What SQLite keeps for a collation of the user's.
private final class SQLiteCollationBox {
    let collation: SQLiteCollation

    init(_ collation: SQLiteCollation) { self.collation = collation }
}
