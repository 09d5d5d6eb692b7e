internal import StorageKit

/// A reply, or a part of one, and what it is taken for.
struct RedisReplyPart {
    var reply: RedisReply
    /// Whether the command that it answers changes something.
    let mayHaveBeenApplied: Bool

    /// `OK`, or any other word that is no error.
    func status() throws(StorageError) {
        guard case .status = reply else { throw mismatch("a status") }
    }

    /// Whether a write with a condition was done: a status, or nothing.
    func isDone() throws(StorageError) -> Bool {
        switch reply {
        case .status: true
        case .null: false
        default: throw mismatch("a status or nothing")
        }
    }

    func integer() throws(StorageError) -> Int64 {
        guard case .integer(let integer) = reply else { throw mismatch("an integer") }
        return integer
    }

    func flag() throws(StorageError) -> Bool {
        switch try integer() {
        case 0: false
        case 1: true
        default: throw mismatch("0 or 1")
        }
    }

    func bytes() throws(StorageError) -> ByteString {
        guard case .string(let bytes) = reply else { throw mismatch("a string") }
        return bytes
    }

    func value() throws(StorageError) -> ByteString? {
        if case .null = reply { return nil }
        return try bytes()
    }

    func position() throws(StorageError) -> Int? {
        if case .null = reply { return nil }
        return Int(try integer())
    }

    /// A number as Redis writes it: up to 17 digits, `inf`, `-inf`.
    func number() throws(StorageError) -> Double {
        guard let number = Double(try bytes().string ?? ""), !number.isNaN else {
            throw mismatch("a number")
        }
        return number
    }

    func optionalNumber() throws(StorageError) -> Double? {
        if case .null = reply { return nil }
        return try number()
    }

    /// The sum of a floating counter.
    ///
    /// Redis calculates in C's `long double`, which goes up to 10⁴⁹³², and so keeps sums that no
    /// `Double` can hold.
    func sum() throws(StorageError) -> Double {
        let sum = try number()
        guard sum.isFinite else {
            throw StorageError(
                code: .outOfRange,
                message: "the sum is beyond the largest Double; Redis counts further and has kept "
                    + "it: write the counter anew",
                mayHaveBeenApplied: true)
        }
        return sum
    }

    /// The error for a reply that the command cannot have.
    func mismatch(_ expected: String) -> StorageError {
        StorageError(
            code: .corrupted,
            message: "the server answered \(kind) where \(expected) was due; is it Redis, and does "
                + "nothing on the way change replies?",
            mayHaveBeenApplied: mayHaveBeenApplied)
    }

    private var kind: String {
        switch reply {
        case .null: "nothing"
        case .status: "a status"
        case .string: "a string"
        case .integer: "an integer"
        case .array(let elements): "an array of \(elements.count)"
        case .error: "an error"
        }
    }
}

extension RedisReplyPart {
    /// The elements of an array; nothing is none.
    private func parts() throws(StorageError) -> [RedisReply] {
        switch reply {
        case .array(let elements): elements
        case .null: []
        default: throw mismatch("an array")
        }
    }

    private func part(_ reply: RedisReply) -> RedisReplyPart {
        RedisReplyPart(reply: reply, mayHaveBeenApplied: mayHaveBeenApplied)
    }

    func elements() throws(StorageError) -> [ByteString] {
        let parts = try parts()
        var elements: [ByteString] = []
        elements.reserveCapacity(parts.count)
        for reply in parts {
            guard case .string(let bytes) = reply else { throw part(reply).mismatch("a string") }
            elements.append(bytes)
        }
        return elements
    }

    /// Moves the values out of the array, from its end, where nobody else refers to it: a thousand
    /// of them are as many counts of references that nobody touches.
    ///
    /// - Parameter count: How many were asked for: whoever did looks for each at its place.
    mutating func takeValues(_ count: Int) throws(StorageError) -> [ByteString?] {
        var parts = try takeParts()
        guard parts.count == count else {
            throw part(.array(parts)).mismatch("an array of \(count)")
        }
        var values: [ByteString?] = []
        values.reserveCapacity(parts.count)
        while let element = parts.popLast() {
            switch consume element {
            case .string(let bytes): values.append(bytes)
            case .null: values.append(nil)
            case let other: throw part(other).mismatch("a string")
            }
        }
        values.reverse()
        return values
    }

    /// The elements of an array as ``parts()`` has them, which are forgotten here.
    private mutating func takeParts() throws(StorageError) -> [RedisReply] {
        var taken = RedisReply.null
        swap(&taken, &reply)
        switch consume taken {
        case .array(let elements): return elements
        case .null: return []
        case let other: throw part(other).mismatch("an array")
        }
    }

    /// Two by two: names and values, members and scores.
    func pairs<Element>(
        _ body: (ByteString, ByteString) throws(StorageError) -> Element
    ) throws(StorageError) -> [Element] {
        let parts = try parts()
        guard parts.count.isMultiple(of: 2) else { throw mismatch("pairs") }
        var pairs: [Element] = []
        pairs.reserveCapacity(parts.count / 2)
        for index in stride(from: 0, to: parts.count, by: 2) {
            pairs.append(try body(part(parts[index]).bytes(), part(parts[index + 1]).bytes()))
        }
        return pairs
    }

    func fields() throws(StorageError) -> [ByteString: ByteString] {
        let parts = try parts()
        guard parts.count.isMultiple(of: 2) else { throw mismatch("pairs") }
        var fields = [ByteString: ByteString](minimumCapacity: parts.count / 2)
        for index in stride(from: 0, to: parts.count, by: 2) {
            fields[try part(parts[index]).bytes()] = try part(parts[index + 1]).bytes()
        }
        return fields
    }

    func members() throws(StorageError) -> [ScoredMember] {
        try pairs { member, score throws(StorageError) in
            ScoredMember(member: member, score: try part(.string(score)).number())
        }
    }

    /// A cursor and what was found on the way to it.
    func page() throws(StorageError) -> (next: ScanCursor?, part: RedisReplyPart) {
        guard case .array(let parts) = reply, parts.count == 2 else {
            throw mismatch("a cursor and a page")
        }
        let cursor = try part(parts[0]).bytes()
        return (cursor == RedisWord.zero ? nil : ScanCursor(cursor), part(parts[1]))
    }
}
