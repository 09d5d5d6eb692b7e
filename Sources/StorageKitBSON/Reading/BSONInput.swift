#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import StorageKit

/// Bytes that came from outside, and the elements in them.
///
/// Nothing is believed: every element ends within its document, and every document within the one
/// around it, before a byte of it is read. What nobody asks for is looked at as far as it takes to
/// find its end.
struct BSONInput {
    /// The bytes, which somebody else keeps.
    ///
    /// There are at least five and at most `Int32.max`.
    let start: UnsafeRawPointer
    let count: Int

    /// Checks that the bytes are as many as they say.
    init(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
        guard let start = bytes.baseAddress, bytes.count >= 5, bytes.count <= Int(Int32.max),
            Int(Self.length(at: start)) == bytes.count, bytes[bytes.count - 1] == 0
        else { throw Self.damaged("it is not as long as it says, or does not end") }
        self.start = start
        count = bytes.count
    }

    static func damaged(_ what: String) -> StorageError {
        StorageError(code: .corrupted, message: "this is not a document of BSON: \(what)")
    }

    @inline(__always)
    private static func length(at place: UnsafeRawPointer) -> Int32 {
        Int32(littleEndian: place.loadUnaligned(as: Int32.self))
    }

    /// A number at a place, of which the caller knows that it is within the bytes.
    @inline(__always)
    func load<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type, at place: Int32
    ) -> Number {
        Number(littleEndian: start.loadUnaligned(fromByteOffset: Int(place), as: Number.self))
    }
}

// MARK: Elements

extension BSONInput {
    /// Where the first element of a document or array begins, and where the zero is that ends it.
    @inline(__always)
    func range(of element: BSONElement) -> (first: Int32, limit: Int32) {
        (element.value + 4, element.end - 1)
    }

    /// The element at a place; `nil` at the document's end.
    @inline(__always)
    func element(at place: Int32, limit: Int32) throws(StorageError) -> BSONElement? {
        guard place < limit else { return nil }
        let key = Int(place) + 1
        // The names of an array's first elements are digits: a look is cheaper than a search.
        if key + 1 < Int(limit), load(UInt8.self, at: Int32(key + 1)) == 0,
            load(UInt8.self, at: Int32(key)) != 0
        {
            return try element(at: place, value: key + 2, limit: limit)
        }
        let room = Int(limit) - key
        guard room > 0, let zero = memchr(start + key, 0, room) else {
            throw Self.damaged("a name does not end")
        }
        return try element(at: place, value: UnsafeRawPointer(zero) - start + 1, limit: limit)
    }

    /// The element at a place, when it is known where its value begins.
    @inline(__always)
    func element(at place: Int32, value: Int, limit: Int32) throws(StorageError) -> BSONElement {
        let type = load(UInt8.self, at: place)
        let size = try size(of: type, at: value, room: Int(limit) - value)
        return BSONElement(type: type, key: Int(place) + 1, value: value, end: value + size)
    }

    /// How many elements there are from a place on.
    func count(from first: Int32, limit: Int32) throws(StorageError) -> Int {
        var count = 0
        var next = first
        while let element = try element(at: next, limit: limit) {
            count += 1
            next = element.end
        }
        return count
    }

    /// How many bytes a value has; it is checked that there are as many.
    @inline(__always)
    private func size(of type: UInt8, at value: Int, room: Int) throws(StorageError) -> Int {
        let size: Int
        switch type {
        case BSONElementType.string: size = try textSize(at: value, room: room)
        case BSONElementType.double, BSONElementType.date, BSONElementType.int64,
            BSONElementType.timestamp:
            size = 8
        case BSONElementType.int32: size = 4
        case BSONElementType.document, BSONElementType.array:
            size = try documentSize(at: value, room: room)
        case BSONElementType.bool: size = 1
        case BSONElementType.objectID: size = 12
        default: size = try rareSize(of: type, at: value, room: room)
        }
        guard size <= room else { throw Self.damaged("a value goes beyond its document") }
        return size
    }

    @inline(never)
    private func rareSize(of type: UInt8, at value: Int, room: Int) throws(StorageError) -> Int {
        switch type {
        case BSONElementType.null, BSONElementType.undefined, BSONElementType.minKey,
            BSONElementType.maxKey:
            return 0
        case BSONElementType.decimal128: return 16
        case BSONElementType.binary: return try lengthPrefix(at: value, room: room, least: 0) + 5
        case BSONElementType.javaScript, BSONElementType.symbol:
            return try textSize(at: value, room: room)
        case BSONElementType.pointer: return try textSize(at: value, room: room) + 12
        case BSONElementType.regularExpression:
            let pattern = try zeroEnded(at: value, room: room)
            return try pattern + zeroEnded(at: value + pattern, room: room - pattern)
        case BSONElementType.javaScriptWithScope: return try scopeSize(at: value, room: room)
        default: throw Self.damaged("a value's type is unknown")
        }
    }

    /// The number before a value that says how long it is.
    @inline(__always)
    private func lengthPrefix(at value: Int, room: Int, least: Int) throws(StorageError) -> Int {
        guard room >= 4 else { throw Self.damaged("a value goes beyond its document") }
        let length = Int(Self.length(at: start + value))
        guard length >= least, length <= room else {
            throw Self.damaged("a value's length is wrong")
        }
        return length
    }

    @inline(__always)
    private func textSize(at value: Int, room: Int) throws(StorageError) -> Int {
        let size = try lengthPrefix(at: value, room: room, least: 1) + 4
        guard size <= room, load(UInt8.self, at: Int32(value + size - 1)) == 0 else {
            throw Self.damaged("a string does not end")
        }
        return size
    }

    @inline(__always)
    private func documentSize(at value: Int, room: Int) throws(StorageError) -> Int {
        let size = try lengthPrefix(at: value, room: room, least: 5)
        guard load(UInt8.self, at: Int32(value + size - 1)) == 0 else {
            throw Self.damaged("a document does not end")
        }
        return size
    }

    private func zeroEnded(at value: Int, room: Int) throws(StorageError) -> Int {
        guard room > 0, let zero = memchr(start + value, 0, room) else {
            throw Self.damaged("a pattern does not end")
        }
        return UnsafeRawPointer(zero) - (start + value) + 1
    }

    /// A program with its scope: the length of both, a text and a document.
    private func scopeSize(at value: Int, room: Int) throws(StorageError) -> Int {
        let size = try lengthPrefix(at: value, room: room, least: 14)
        let code = try textSize(at: value + 4, room: size - 4)
        let scope = try documentSize(at: value + 4 + code, room: size - 4 - code)
        guard size == 4 + code + scope else { throw Self.damaged("a scope's length is wrong") }
        return size
    }
}

// MARK: Texts

extension BSONInput {
    /// The element's name.
    func name(of element: BSONElement) throws(StorageError) -> String {
        try text(from: element.key, to: element.value - 1)
    }

    /// The text of a value that has its length before it.
    @inline(__always)
    func text(at value: Int32) throws(StorageError) -> String {
        try text(from: value + 4, to: value + 3 + load(Int32.self, at: value))
    }

    /// The text between two places within the bytes.
    @inline(__always)
    func text(from first: Int32, to end: Int32) throws(StorageError) -> String {
        let bytes = UnsafeRawBufferPointer(start: start + Int(first), count: Int(end - first))
        let text = String(decoding: bytes, as: UTF8.self)
        // Decoding puts marks in place of what is no UTF-8. Comparing costs less than the
        // initialiser that refuses it.
        guard Self.isASCII(bytes) || Self.isSame(text, bytes) else {
            throw Self.damaged("a text is not UTF-8")
        }
        return text
    }

    @inline(__always)
    private static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let count = bytes.count
        var all: UInt64 = 0
        if count >= 8 {
            var place = 0
            while count - place > 8 {
                all |= bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                place += 8
            }
            // The last eight, some of which may have been looked at before.
            all |= bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        } else if count >= 4 {
            all = UInt64(bytes.loadUnaligned(as: UInt32.self))
            all |= UInt64(bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        } else {
            for byte in bytes { all |= UInt64(byte) }
        }
        return all & 0x8080_8080_8080_8080 == 0
    }

    private static func isSame(_ text: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
        text.utf8.count == bytes.count && text.utf8.elementsEqual(bytes)
    }

    /// Whether the name of the element at a place is this one; if so, where its value begins.
    @inline(__always)
    func value(
        named name: UnsafeBufferPointer<UInt8>, at place: Int32, limit: Int32
    ) -> Int? {
        let key = Int(place) + 1
        let value = key + name.count + 1
        guard value <= Int(limit) else { return nil }
        guard load(UInt8.self, at: Int32(value - 1)) == 0,
            Self.areSame(start + key, UnsafeRawBufferPointer(name))
        else { return nil }
        return value
    }

    /// Whether bytes are these: names are short, and a call would cost more than the comparison.
    @inline(__always)
    private static func areSame(_ bytes: UnsafeRawPointer, _ name: UnsafeRawBufferPointer) -> Bool {
        let count = name.count
        guard count <= 16 else {
            return name.elementsEqual(UnsafeRawBufferPointer(start: bytes, count: count))
        }
        if count >= 8 {
            return isSame(UInt64.self, bytes, name, 0)
                && isSame(UInt64.self, bytes, name, count - 8)
        }
        if count >= 4 {
            return isSame(UInt32.self, bytes, name, 0)
                && isSame(UInt32.self, bytes, name, count - 4)
        }
        for place in 0..<count where !isSame(UInt8.self, bytes, name, place) { return false }
        return true
    }

    @inline(__always)
    private static func isSame<Word: FixedWidthInteger & BitwiseCopyable>(
        _ type: Word.Type, _ bytes: UnsafeRawPointer, _ name: UnsafeRawBufferPointer, _ place: Int
    ) -> Bool {
        bytes.loadUnaligned(fromByteOffset: place, as: Word.self)
            == name.loadUnaligned(fromByteOffset: place, as: Word.self)
    }
}
