extension StorageError {
    /// The kind of a failure: an open set of names that callers branch on.
    ///
    /// It is a struct and not an enum so that a backend can add a code without breaking a `switch`.
    /// Always have a default branch.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name as it stands in ``StorageError/description``.
        public let rawValue: String

        /// Whether a failure of this kind is retryable unless the error says otherwise.
        public let isRetryableByDefault: Bool

        /// Creates a code of your own.
        ///
        /// - Parameters:
        ///   - rawValue: A name in lower camel case, unique among the codes of your program.
        ///   - isRetryableByDefault: Whether the same call may succeed later, unchanged.
        public init(_ rawValue: String, isRetryableByDefault: Bool = false) {
            self.rawValue = rawValue
            self.isRetryableByDefault = isRetryableByDefault
        }

        /// The name.
        public var description: String { rawValue }

        /// Codes are the same when their names are.
        public static func == (left: Code, right: Code) -> Bool { left.rawValue == right.rawValue }

        /// Hashes the name.
        public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
    }
}

extension StorageError.Code {
    // MARK: The data

    /// What the call needs to exist does not: `replace` of an absent entity, a missing table.
    public static let notFound = Self("notFound")
    /// What the call would create exists already: `insert` with a key that is taken.
    public static let alreadyExists = Self("alreadyExists")
    /// A rule of the schema other than the key forbids it: foreign key, check, not null, unique.
    public static let constraintViolation = Self("constraintViolation")
    /// Another writer was faster: a version that moved on, a transaction that must be run again.
    public static let conflict = Self("conflict", isRetryableByDefault: true)
    /// Stored data does not have the shape the caller asked for.
    public static let decodingFailed = Self("decodingFailed")
    /// The key holds another kind of value than the operation is for: a list where a hash is due.
    public static let wrongType = Self("wrongType")
    /// A result cannot be represented: a counter beyond its largest number.
    public static let outOfRange = Self("outOfRange")
    /// A value cannot be represented in the store.
    public static let encodingFailed = Self("encodingFailed")
    /// The store's file or answer is damaged, or is not a store at all.
    public static let corrupted = Self("corrupted")

    // MARK: The call

    /// An argument can never be right, whatever the data.
    public static let invalidArgument = Self("invalidArgument")
    /// The statement or command does not parse, or names something the database does not know.
    public static let invalidStatement = Self("invalidStatement")
    /// An argument is larger than the store's declared limits.
    public static let limitExceeded = Self("limitExceeded")
    /// An option was asked for that this backend, or this version of its server, cannot honour.
    public static let unsupported = Self("unsupported")
    /// No index serves the query, and a policy forbids looking at every document.
    public static let missingIndex = Self("missingIndex")
    /// The call came at the wrong time: after `close`, or re-entrant where that would deadlock.
    public static let invalidState = Self("invalidState")
    /// The task was cancelled.
    public static let cancelled = Self("cancelled")

    // MARK: The surroundings

    /// The store cannot be reached or opened.
    public static let unavailable = Self("unavailable", isRetryableByDefault: true)
    /// A deadline passed.
    public static let timedOut = Self("timedOut", isRetryableByDefault: true)
    /// Somebody else holds a lock that the call needs.
    public static let busy = Self("busy", isRetryableByDefault: true)
    /// Disk, memory, connections or queue places have run out.
    public static let resourceExhausted = Self("resourceExhausted", isRetryableByDefault: true)
    /// Who is calling, or who answers, could not be proven.
    public static let unauthenticated = Self("unauthenticated")
    /// The caller may not do this, or the store is read-only.
    public static let permissionDenied = Self("permissionDenied")
    /// A defect of this package or of the database; please report it.
    public static let internalError = Self("internalError")
}
