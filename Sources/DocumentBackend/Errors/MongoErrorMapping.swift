internal import CLibBSON
internal import CLibMongoC
internal import StorageKit
internal import StorageKitBSON

/// MongoDB's and libmongoc's errors as ``StorageError``: the one place where they meet.
///
/// A server's error has a code and a code name; libmongoc's own have a domain. What either of them
/// says in words may hold values and is kept as the error's underlying one.
///
/// Source: MongoDB's `error_codes.yml`; libmongoc's manual, "Error Reporting".
enum MongoErrorMapping {
    /// What is said about one code.
    struct Row: Sendable {
        let number: Int
        let name: String
        let code: StorageError.Code
        let advice: String
        var isRetryable: Bool?
    }

    /// An error of a call, with the server's reply if there was one.
    static func error(_ error: bson_error_t, reply: Document?) -> StorageError {
        let text = MongoErrorText(error)
        let isConcern = error.domain == MONGOC_ERROR_WRITE_CONCERN.rawValue
        if isConcern, let reply, let unconfirmed = unconfirmed(reply) { return unconfirmed }
        if let reply, let server = serverError(reply, text: text) { return server }
        if isConcern || error.domain == MONGOC_ERROR_SERVER.rawValue {
            return of(
                code: Int(error.code), name: nil, labels: reply?.errorLabels ?? [], text: text
            ).changed { $0.mayHaveBeenApplied = isConcern }
        }
        let row = text.distrustsServers ? MongoErrorTable.distrust : driverRow(error)
        return StorageError(
            code: row.code, message: row.advice,
            native: .init(domain: "libmongoc", name: row.name, number: Int(error.code)),
            underlying: text, isRetryable: row.isRetryable)
    }

    /// The error that a server's reply holds, or `nil` when it holds none.
    ///
    /// - Parameter labels: Labels that are not in the reply itself.
    static func serverError(
        _ reply: Document, text: MongoErrorText?, labels: [String] = []
    ) -> StorageError? {
        guard let code = reply["code"]?.wholeNumber else { return nil }
        return of(
            code: code, name: reply["codeName"]?.text, labels: labels + reply.errorLabels,
            text: text ?? reply["errmsg"]?.text.map(MongoErrorText.init),
            constraint: constraint(of: reply, code: code))
    }

    /// The error of a write concern that was not met, or `nil` when a reply or an account of writes
    /// tells of none: whatever its code, the write was done and was not confirmed.
    static func unconfirmed(_ reply: Document) -> StorageError? {
        reply.concernError
            .flatMap { serverError($0, text: nil, labels: reply.errorLabels) }?
            .changed { $0.mayHaveBeenApplied = true }
    }

    /// The error of a server's code.
    static func of(
        code: Int, name: String?, labels: [String], text: MongoErrorText?,
        constraint: StorageError.Constraint? = nil
    ) -> StorageError {
        let row = row(for: code, name: name)
        let isTransient = labels.contains { retryableLabels.contains($0) }
        return StorageError(
            code: row.code, message: row.advice,
            native: .init(domain: "mongodb", name: row.name, number: code), constraint: constraint,
            underlying: text, isRetryable: isTransient ? true : row.isRetryable)
    }

    /// The error of a change that the server does not make.
    ///
    /// What is wrong with an update by itself was refused before; what the server calls a bad value
    /// then is the document's, which the change does not fit.
    static func ofChange(_ error: StorageError) -> StorageError {
        guard error.native?.number == badValue, let text = error.underlying as? MongoErrorText
        else { return error }
        let overflows = ["$inc", "$mul"].contains {
            text.description.hasPrefix("Failed to apply \($0) operations")
        }
        return error.changed {
            $0.code = overflows ? .outOfRange : .wrongType
            $0.message =
                overflows
                ? "a number would become larger than its type holds"
                : "a change does not fit what the document has there"
        }
    }

    private static let badValue = 2

    /// The row for a server's code.
    static func row(for code: Int, name: String? = nil) -> Row {
        rows[code]
            ?? Row(
                number: code, name: name ?? "Location\(code)", code: .internalError,
                advice: "the server refused it for a reason this package does not know; see the "
                    + "underlying error")
    }

    /// Labels that say that the same call, or its transaction, may be tried again.
    private static let retryableLabels: Set<String> = [
        "TransientTransactionError", "RetryableWriteError", "ResumableChangeStreamError",
    ]

    /// Codes of whole calls after which a write may have been done, wholly or in part.
    static let openOutcomes: Set<Int> = [
        6, 50, 64, 89, 91, 189, 237, 262, 9_001, 11_600, 11_601, 11_602,
    ]

    private static let rows: [Int: Row] = Dictionary(
        uniqueKeysWithValues: MongoErrorTable.server.map { ($0.number, $0) })

    private static func driverRow(_ error: bson_error_t) -> Row {
        let isAuthentication =
            error.domain == MONGOC_ERROR_CLIENT.rawValue
            && error.code == MONGOC_ERROR_CLIENT_AUTHENTICATE.rawValue
        let domain = isAuthentication ? MONGOC_ERROR_SCRAM.rawValue : error.domain
        return MongoErrorTable.driver.first { $0.number == Int(domain) }
            ?? Row(
                number: Int(domain), name: "DOMAIN_\(domain)", code: .internalError,
                advice: "libmongoc gave an error that this package does not know; see the "
                    + "underlying error")
    }

    /// The rule that was broken: the schema, or the unique index whose key was taken, where the
    /// server says which.
    private static func constraint(of reply: Document, code: Int) -> StorageError.Constraint? {
        if code == validationFailure { return StorageError.Constraint(.check) }
        guard code == duplicateKey else { return nil }
        guard case .document(let pattern)? = reply["keyPattern"] else {
            return StorageError.Constraint(.unique)
        }
        let fields = pattern.fields.map(\.name)
        return StorageError.Constraint(
            fields == [DocumentPath.id.text] ? .primaryKey : .unique, columns: fields)
    }

    private static let duplicateKey = 11_000
    private static let validationFailure = 121
}

extension Document {
    /// What a reply or an account of writes says of trying again.
    fileprivate var errorLabels: [String] {
        guard case .array(let values)? = self["errorLabels"] else { return [] }
        return values.compactMap(\.text)
    }

    /// What a reply or an account of writes says, first of all, of a write concern not met.
    fileprivate var concernError: Document? {
        if case .document(let error)? = self["writeConcernError"] { return error }
        guard case .array(let errors)? = self["writeConcernErrors"],
            case .document(let error)? = errors.first
        else { return nil }
        return error
    }
}

extension DocumentValue {
    /// The number, if it is a whole one.
    var wholeNumber: Int? {
        switch self {
        case .int32(let number): Int(number)
        case .int64(let number): Int(exactly: number)
        case .double(let number): Int(exactly: number)
        default: nil
        }
    }

    /// The text, if it is one.
    var text: String? { if case .string(let text) = self { text } else { nil } }
}
