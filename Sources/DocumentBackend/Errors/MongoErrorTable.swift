internal import CLibMongoC
internal import StorageKit

/// What each error means; tested row by row.
enum MongoErrorTable {
    typealias Row = MongoErrorMapping.Row

    /// The server's codes.
    static let server: [Row] = 
        arguments + permissions + states + availability + limits + transactions + feeds

    private static let arguments: [Row] = [
        Row(
            number: 2, name: "BadValue", code: .invalidArgument,
            advice: "the server does not take a value of the call; see the underlying error"),
        Row(
            number: 9, name: "FailedToParse", code: .invalidArgument,
            advice: "the server does not understand the call; see the underlying error"),
        Row(
            number: 14, name: "TypeMismatch", code: .wrongType,
            advice: "a value has another type than the change needs"),
        Row(
            number: 28, name: "PathNotViable", code: .wrongType,
            advice: "a path leads through a value that is no document or array"),
        Row(
            number: 40, name: "ConflictingUpdateOperators", code: .invalidArgument,
            advice: "two changes touch the same path; leave one of them out"),
        Row(
            number: 52, name: "DollarPrefixedFieldName", code: .invalidArgument,
            advice: "a field's name begins with a dollar sign; give it another one"),
        Row(
            number: 53, name: "InvalidIdField", code: .invalidArgument,
            advice: "an identifier must not be an array, a pattern or undefined"),
        Row(
            number: 54, name: "NotSingleValueField", code: .invalidArgument,
            advice: "the filter gives the new document more than one value for a field"),
        Row(
            number: 56, name: "EmptyFieldName", code: .invalidArgument,
            advice: "a path has an empty name"),
        Row(
            number: 57, name: "DottedFieldName", code: .invalidArgument,
            advice: "a field's name has a dot in it"),
        Row(
            number: 66, name: "ImmutableField", code: .invalidArgument,
            advice: "a document's identifier cannot be changed"),
        Row(
            number: 73, name: "InvalidNamespace", code: .invalidArgument,
            advice: "the name of the database or collection is not one"),
        Row(
            number: 22, name: "InvalidBSON", code: .encodingFailed,
            advice: "the document is no BSON"),
        Row(
            number: 67, name: "CannotCreateIndex", code: .invalidArgument,
            advice: "the server does not make such an index; see the underlying error"),
        Row(
            number: 51_091, name: "Location51091", code: .invalidArgument,
            advice: "the pattern is not a regular expression"),
        Row(
            number: 121, name: "DocumentValidationFailure", code: .constraintViolation,
            advice: "the document breaks a rule of the collection's schema"),
        Row(
            number: 171, name: "CannotIndexParallelArrays", code: .constraintViolation,
            advice: "the document has arrays at two paths of an index; an index has one of them"),
        Row(
            number: 16_746, name: "Location16746", code: .constraintViolation,
            advice: "an array has an element at a place, and documents with that number as a name; "
                + "use other names"),
    ]

    private static let permissions: [Row] = [
        Row(
            number: 11, name: "UserNotFound", code: .unauthenticated,
            advice: "check the user and the password"),
        Row(
            number: 18, name: "AuthenticationFailed", code: .unauthenticated,
            advice: "check the user, the password and the authentication source"),
        Row(
            number: 13, name: "Unauthorized", code: .permissionDenied,
            advice: "grant the user a role that allows the call"),
        Row(
            number: 8_000, name: "AtlasError", code: .permissionDenied,
            advice: "the service does not allow the call"),
    ]

    private static let states: [Row] = [
        Row(
            number: 11_000, name: "DuplicateKey", code: .alreadyExists,
            advice: "a document with the same unique value is there"),
        Row(
            number: 26, name: "NamespaceNotFound", code: .notFound,
            advice: "there is no such collection"),
        Row(
            number: 27, name: "IndexNotFound", code: .notFound, advice: "there is no such index"),
        Row(
            number: 48, name: "NamespaceExists", code: .alreadyExists,
            advice: "a collection of the name is there"),
        Row(
            number: 85, name: "IndexOptionsConflict", code: .alreadyExists,
            advice: "an index with the same key and other options is there; drop it first"),
        Row(
            number: 86, name: "IndexKeySpecsConflict", code: .alreadyExists,
            advice: "an index with the same name and another key is there; drop it first"),
        Row(
            number: 112, name: "WriteConflict", code: .conflict,
            advice: "another transaction has changed the document; run this one again"),
        Row(
            number: 246, name: "SnapshotUnavailable", code: .conflict,
            advice: "the snapshot is no longer there; run the transaction again"),
        Row(
            number: 251, name: "NoSuchTransaction", code: .conflict,
            advice: "the server has given up the transaction; run it again"),
        Row(
            number: 43, name: "CursorNotFound", code: .invalidState,
            advice: "the server has given up the cursor; ask again"),
        Row(
            number: 237, name: "CursorKilled", code: .unavailable,
            advice: "somebody has ended the cursor on the server; ask again"),
        Row(
            number: 11_601, name: "Interrupted", code: .unavailable,
            advice: "somebody has ended the call on the server; try again"),
        Row(
            number: 20, name: "IllegalOperation", code: .unsupported,
            advice: "this server cannot do it; transactions need a replica set"),
        Row(
            number: 59, name: "CommandNotFound", code: .unsupported,
            advice: "this server does not have the command"),
        Row(
            number: 263, name: "OperationNotSupportedInTransaction", code: .unsupported,
            advice: "the call cannot be made in a transaction"),
    ]

    private static let availability: [Row] = [
        Row(
            number: 6, name: "HostUnreachable", code: .unavailable,
            advice: "a server cannot be reached; try again"),
        Row(
            number: 7, name: "HostNotFound", code: .unavailable,
            advice: "a server's name is not known; check the connection string"),
        Row(
            number: 89, name: "NetworkTimeout", code: .timedOut,
            advice: "a server did not answer in time; try again"),
        Row(
            number: 91, name: "ShutdownInProgress", code: .unavailable,
            advice: "the server is being shut down; try again"),
        Row(
            number: 189, name: "PrimarySteppedDown", code: .unavailable,
            advice: "the primary has changed; try again"),
        Row(
            number: 133, name: "FailedToSatisfyReadPreference", code: .unavailable,
            advice: "no server fits the read preference; try again"),
        Row(
            number: 134, name: "ReadConcernMajorityNotAvailableYet", code: .unavailable,
            advice: "the server is not ready for the read concern; try again"),
        Row(
            number: 10_107, name: "NotWritablePrimary", code: .unavailable,
            advice: "the server is no longer the primary; try again"),
        Row(
            number: 11_600, name: "InterruptedAtShutdown", code: .unavailable,
            advice: "the server is being shut down; try again"),
        Row(
            number: 11_602, name: "InterruptedDueToReplStateChange", code: .unavailable,
            advice: "the primary has changed; try again"),
        Row(
            number: 13_435, name: "NotPrimaryNoSecondaryOk", code: .unavailable,
            advice: "the server is no longer the primary; try again"),
        Row(
            number: 13_436, name: "NotPrimaryOrSecondary", code: .unavailable,
            advice: "the server is recovering; try again"),
        Row(
            number: 9_001, name: "SocketException", code: .unavailable,
            advice: "a connection between servers was lost; try again"),
        Row(
            number: 50, name: "MaxTimeMSExpired", code: .timedOut,
            advice: "the server needed longer than it was given; raise operationTimeout or ask "
                + "for less"),
        Row(
            number: 262, name: "ExceededTimeLimit", code: .timedOut,
            advice: "the server needed longer than it was given; try again"),
        Row(
            number: 64, name: "WriteConcernFailed", code: .timedOut,
            advice: "the write is done, and was not confirmed by as many servers as asked for"),
        Row(
            number: 100, name: "UnsatisfiableWriteConcern", code: .invalidArgument,
            advice: "there are fewer servers than the write concern asks for"),
    ]

    private static let limits: [Row] = [
        Row(
            number: 10_334, name: "BSONObjectTooLarge", code: .limitExceeded,
            advice: "the document would be larger than 16 MB"),
        Row(
            number: 17_419, name: "Location17419", code: .limitExceeded,
            advice: "the changed document would be larger than 16 MB"),
        Row(
            number: 17_420, name: "Location17420", code: .limitExceeded,
            advice: "the new document would be larger than 16 MB"),
        Row(
            number: 17_280, name: "KeyTooLong", code: .limitExceeded,
            advice: "an index cannot hold a value as long"),
        Row(
            number: 292, name: "QueryExceededMemoryLimitNoDiskUseAllowed",
            code: .resourceExhausted,
            advice: "the query needs more memory than the server gives it; add an index",
            isRetryable: false),
        Row(
            number: 14_031, name: "OutOfDiskSpace", code: .resourceExhausted,
            advice: "the server's disk is full"),
    ]

    /// libmongoc's domains of errors that no server gave.
    static let driver: [Row] = [
        Row(
            number: Int(MONGOC_ERROR_STREAM.rawValue), name: "STREAM", code: .unavailable,
            advice: "the connection was lost; try again"),
        Row(
            number: Int(MONGOC_ERROR_SERVER_SELECTION.rawValue), name: "SERVER_SELECTION",
            code: .unavailable,
            advice: "no server that can do the call is to be reached; check that it runs"),
        Row(
            number: Int(MONGOC_ERROR_PROTOCOL.rawValue), name: "PROTOCOL", code: .unavailable,
            advice: "the server's answer is not one; try again"),
        Row(
            number: Int(MONGOC_ERROR_SCRAM.rawValue), name: "SCRAM", code: .unauthenticated,
            advice: "check the user, the password and the authentication source"),
        Row(
            number: Int(MONGOC_ERROR_SASL.rawValue), name: "SASL", code: .unauthenticated,
            advice: "check the user, the password and the authentication source"),
        Row(
            number: Int(MONGOC_ERROR_CLIENT.rawValue), name: "CLIENT", code: .unavailable,
            advice: "the server does not take the call now; see the underlying error"),
        Row(
            number: Int(MONGOC_ERROR_COMMAND.rawValue), name: "COMMAND", code: .invalidArgument,
            advice: "libmongoc does not take the call; see the underlying error"),
        Row(
            number: Int(MONGOC_ERROR_CURSOR.rawValue), name: "CURSOR", code: .invalidState,
            advice: "the cursor cannot go on; ask again"),
        Row(
            number: Int(MONGOC_ERROR_QUERY.rawValue), name: "QUERY", code: .invalidArgument,
            advice: "the server does not take the query; see the underlying error"),
        Row(
            number: Int(MONGOC_ERROR_BSON.rawValue), name: "BSON", code: .encodingFailed,
            advice: "a document cannot be sent; it may be larger than the server takes"),
        Row(
            number: Int(MONGOC_ERROR_NAMESPACE.rawValue), name: "NAMESPACE",
            code: .invalidArgument,
            advice: "the name of the database or collection is not one"),
        Row(
            number: Int(MONGOC_ERROR_COLLECTION.rawValue), name: "COLLECTION",
            code: .invalidState, advice: "the collection does not take the call"),
        Row(
            number: Int(MONGOC_ERROR_TRANSACTION.rawValue), name: "TRANSACTION",
            code: .invalidState, advice: "the transaction is not in a state for the call"),
        Row(
            number: Int(MONGOC_ERROR_POOL.rawValue), name: "POOL", code: .invalidState,
            advice: "the pool's settings came too late"),
    ]
}
