extension KeyValueReply {
    func decodeVoid() throws(StorageError) {
        guard case .done = self else { throw mismatch("done") }
    }

    func decodeValue() throws(StorageError) -> ByteString? {
        guard case .value(let value) = self else { throw mismatch("a value") }
        return value
    }

    func decodeValues() throws(StorageError) -> [ByteString?] {
        guard case .values(let values) = self else { throw mismatch("values") }
        return values
    }

    func decodeInteger() throws(StorageError) -> Int64 {
        guard case .integer(let integer) = self else { throw mismatch("an integer") }
        return integer
    }

    func decodeCount() throws(StorageError) -> Int { Int(try decodeInteger()) }

    func decodePosition() throws(StorageError) -> Int? {
        guard case .position(let position) = self else { throw mismatch("a position") }
        return position
    }

    func decodeNumber() throws(StorageError) -> Double {
        guard case .number(let number?) = self else { throw mismatch("a number") }
        return number
    }

    func decodeOptionalNumber() throws(StorageError) -> Double? {
        guard case .number(let number) = self else { throw mismatch("a number or none") }
        return number
    }

    func decodeFlag() throws(StorageError) -> Bool {
        guard case .flag(let flag) = self else { throw mismatch("yes or no") }
        return flag
    }

    /// Whether a count of at most one is one.
    func decodeAny() throws(StorageError) -> Bool { try decodeInteger() > 0 }

    func decodeFields() throws(StorageError) -> [ByteString: ByteString] {
        guard case .fields(let fields) = self else { throw mismatch("fields") }
        return fields
    }

    func decodeMembers() throws(StorageError) -> [ScoredMember] {
        guard case .members(let members) = self else { throw mismatch("scored members") }
        return members
    }

    func decodeElements() throws(StorageError) -> [ByteString] {
        guard case .elements(let elements) = self else { throw mismatch("elements") }
        return elements
    }

    func decodeElementSet() throws(StorageError) -> Set<ByteString> {
        Set(try decodeElements())
    }

    func decodeTimeToLive() throws(StorageError) -> TimeToLive {
        guard case .timeToLive(let time) = self else { throw mismatch("a time to live") }
        return time
    }

    func decodeElementPage() throws(StorageError) -> ScanPage<ByteString> {
        guard case .elementPage(let page) = self else { throw mismatch("a page of elements") }
        return page
    }

    func decodeFieldPage() throws(StorageError) -> ScanPage<HashField> {
        guard case .fieldPage(let page) = self else { throw mismatch("a page of fields") }
        return page
    }

    private func mismatch(_ expected: String) -> StorageError {
        StorageError(
            code: .internalError,
            message: "the store answered \(kind) where \(expected) was due; report this as a defect"
        )
    }

    /// The case's name, without what it holds.
    private var kind: String {
        Mirror(reflecting: self).children.first?.label ?? "\(self)"
    }
}
