internal import CSQLite
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import StorageKit

/// What SQLite keeps for a function of the user's: released when the connection is closed.
///
/// It knows the place for what the function throws and not the connection, so nothing here keeps a
/// connection alive.
final class SQLiteFunctionBox {
    let function: SQLiteFunction
    let failure: SQLiteFunctionFailure

    init(_ function: SQLiteFunction, _ failure: SQLiteFunctionFailure) {
        self.function = function
        self.failure = failure
    }
}

/// A call of a function: the context that SQLite gives for it, valid until the call returns.
struct SQLiteFunctionCall {
    let context: OpaquePointer

    init?(_ context: OpaquePointer?) {
        guard let context else { return nil }
        self.context = context
    }

    /// Calls a scalar function.
    func run(_ values: UnsafeMutablePointer<OpaquePointer?>?) {
        guard let box, case .scalar(let body) = box.function.definition else { return }
        answering(box) {
            var arguments = SQLiteArguments(values)
            try setResult(body(&arguments))
        }
    }

    /// Hands a row to an aggregate function.
    func step(_ values: UnsafeMutablePointer<OpaquePointer?>?) {
        guard let box, let aggregation = aggregation(of: box.function) else { return }
        answering(box) {
            var arguments = SQLiteArguments(values)
            try aggregation.accept(&arguments)
        }
    }

    /// Ends a group of rows, or lets go of one that was given up.
    func finish() {
        guard let box, case .aggregate(let begin) = box.function.definition else { return }
        let aggregation = takeAggregation() ?? begin()
        answering(box) { try setResult(aggregation.finish()) }
    }

    private var box: SQLiteFunctionBox? {
        sqlite3_user_data(context).map {
            Unmanaged<SQLiteFunctionBox>.fromOpaque($0).takeUnretainedValue()
        }
    }

    /// Runs the body; what it throws becomes the statement's error.
    private func answering(_ box: SQLiteFunctionBox, _ body: () throws -> Void) {
        do { try body() } catch {
            let thrown = SQLiteFunctionFailure.Thrown(function: box.function.name, error: error)
            // The first one is the reason; an aggregate is asked to finish after it.
            if box.failure.error == nil { box.failure.error = thrown }
            sqlite3_result_error(context, thrown.message, -1)
        }
    }

    // MARK: The state of a group of rows

    /// The group's state, in the few bytes that SQLite keeps for it: zero at first, and given to
    /// `finish` whatever happens.
    private func aggregation(of function: SQLiteFunction) -> SQLiteAggregation? {
        guard case .aggregate(let begin) = function.definition, let slot = slot(isMade: true)
        else { return nil }
        if let kept = slot.pointee {
            return Unmanaged<SQLiteAggregation>.fromOpaque(kept).takeUnretainedValue()
        }
        let aggregation = begin()
        slot.pointee = Unmanaged.passRetained(aggregation).toOpaque()
        return aggregation
    }

    private func takeAggregation() -> SQLiteAggregation? {
        guard let slot = slot(isMade: false), let kept = slot.pointee else { return nil }
        slot.pointee = nil
        return Unmanaged<SQLiteAggregation>.fromOpaque(kept).takeRetainedValue()
    }

    private func slot(isMade: Bool) -> UnsafeMutablePointer<UnsafeMutableRawPointer?>? {
        let size = isMade ? MemoryLayout<UnsafeMutableRawPointer?>.size : 0
        return sqlite3_aggregate_context(context, Int32(size))?
            .assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
    }

    // MARK: The result

    private func setResult(_ value: SQLValue) throws(StorageError) {
        switch value {
        case .null: sqlite3_result_null(context)
        case .boolean(let boolean): sqlite3_result_int64(context, boolean ? 1 : 0)
        case .integer(let integer): sqlite3_result_int64(context, integer)
        case .real(let real): try setResult(real)
        case .text(let text): setResult(text)
        case .bytes(let bytes): setResult(bytes)
        case .date(let date): setResult(try SQLiteDate.text(date))
        case .uuid(let uuid): setResult(uuid.uuidString)
        case .decimal(let decimal): try setResult(decimal)
        case .json(let json): setResult(json)
        }
    }

    private func setResult(_ real: Double) throws(StorageError) {
        guard !real.isNaN else {
            throw StorageError(
                code: .encodingFailed,
                message: "the result is NaN, which SQLite does not have; return nil for NULL")
        }
        sqlite3_result_double(context, real)
    }

    private func setResult(_ decimal: Decimal) throws(StorageError) {
        guard !decimal.isNaN else {
            throw StorageError(
                code: .encodingFailed,
                message: "the result is a decimal that is not a number; return nil for NULL")
        }
        setResult(decimal.description)
    }

    private func setResult(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            // The empty text has no address, and none would be NULL.
            guard let start = utf8.baseAddress, !utf8.isEmpty else {
                return sqlite3_result_text(context, "", 0, storagekit_sqlite_static())
            }
            start.withMemoryRebound(to: CChar.self, capacity: utf8.count) { characters in
                sqlite3_result_text64(
                    context, characters, UInt64(utf8.count), storagekit_sqlite_transient(),
                    UInt8(SQLITE_UTF8))
            }
        }
    }

    private func setResult(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return sqlite3_result_zeroblob(context, 0) }
        bytes.withUnsafeBytes { buffer in
            sqlite3_result_blob64(
                context, buffer.baseAddress, UInt64(buffer.count), storagekit_sqlite_transient())
        }
    }
}
