/// Takes the answers out of replies; one function for each type of answer.
@usableFromInline
enum ReplyDecoding {
    @inlinable
    static func void(_ reply: KeyValueReply) throws(StorageError) {
        guard case .done = reply else { throw mismatch(reply, "done") }
    }

    @inlinable
    static func value(_ reply: KeyValueReply) throws(StorageError) -> ByteString? {
        guard case .value(let value) = reply else { throw mismatch(reply, "a value") }
        return value
    }

    @inlinable
    static func values(_ reply: KeyValueReply) throws(StorageError) -> [ByteString?] {
        guard case .values(let values) = reply else { throw mismatch(reply, "values") }
        return values
    }

    @inlinable
    static func integer(_ reply: KeyValueReply) throws(StorageError) -> Int64 {
        guard case .integer(let integer) = reply else { throw mismatch(reply, "an integer") }
        return integer
    }

    @inlinable
    static func count(_ reply: KeyValueReply) throws(StorageError) -> Int {
        Int(try integer(reply))
    }

    static func position(_ reply: KeyValueReply) throws(StorageError) -> Int? {
        guard case .position(let position) = reply else { throw mismatch(reply, "a position") }
        return position
    }

    static func number(_ reply: KeyValueReply) throws(StorageError) -> Double {
        guard case .number(let number?) = reply else { throw mismatch(reply, "a number") }
        return number
    }

    static func optionalNumber(_ reply: KeyValueReply) throws(StorageError) -> Double? {
        guard case .number(let number) = reply else { throw mismatch(reply, "a number or none") }
        return number
    }

    @inlinable
    static func flag(_ reply: KeyValueReply) throws(StorageError) -> Bool {
        guard case .flag(let flag) = reply else { throw mismatch(reply, "yes or no") }
        return flag
    }

    /// Whether a count of at most one is one.
    @inlinable
    static func any(_ reply: KeyValueReply) throws(StorageError) -> Bool { try integer(reply) > 0 }

    static func fields(_ reply: KeyValueReply) throws(StorageError) -> [ByteString: ByteString] {
        guard case .fields(let fields) = reply else { throw mismatch(reply, "fields") }
        return fields
    }

    static func members(_ reply: KeyValueReply) throws(StorageError) -> [ScoredMember] {
        guard case .members(let members) = reply else { throw mismatch(reply, "scored members") }
        return members
    }

    static func elements(_ reply: KeyValueReply) throws(StorageError) -> [ByteString] {
        guard case .elements(let elements) = reply else { throw mismatch(reply, "elements") }
        return elements
    }

    static func elementSet(_ reply: KeyValueReply) throws(StorageError) -> Set<ByteString> {
        Set(try elements(reply))
    }

    static func timeToLive(_ reply: KeyValueReply) throws(StorageError) -> TimeToLive {
        guard case .timeToLive(let time) = reply else { throw mismatch(reply, "a time to live") }
        return time
    }

    @inlinable
    static func elementPage(_ reply: KeyValueReply) throws(StorageError) -> ScanPage<ByteString> {
        guard case .elementPage(let page) = reply else {
            throw mismatch(reply, "a page of elements")
        }
        return page
    }

    static func fieldPage(_ reply: KeyValueReply) throws(StorageError) -> ScanPage<HashField> {
        guard case .fieldPage(let page) = reply else { throw mismatch(reply, "a page of fields") }
        return page
    }

    @usableFromInline
    static func mismatch(
        _ reply: KeyValueReply, _ expected: String
    ) -> StorageError {
        StorageError(
            code: .internalError,
            message: "the store answered \(kind(of: reply)) where \(expected) was due; "
                + "report this as a defect"
        )
    }

    /// The case's name, without what it holds.
    private static func kind(of reply: KeyValueReply) -> String {
        Mirror(reflecting: reply).children.first?.label ?? "\(reply)"
    }
}
