internal import StorageKit

/// One decoding: the bytes, and where in each document the next field is looked for.
///
/// Entities read their fields in the order in which they were written, nearly always. A document
/// remembers where the last field was found and goes on from there, once round: the usual entity
/// costs one comparison for each field. What is remembered is so for each depth, and is begun anew
/// by another document there.
///
/// It is used by one task, while the bytes are lent. A decoder that a type keeps for later finds
/// the scope closed, and throws.
final class BSONScope {
    let input: BSONInput
    @exclusivity(unchecked) private var isClosed = false
    private let givenInfo: [CodingUserInfoKey: any Sendable]
    private let hints: UnsafeMutablePointer<Hint>

    private struct Hint {
        var first: Int32 = -1
        var next: Int32 = 0
    }

    init(_ input: BSONInput, userInfo: [CodingUserInfoKey: any Sendable] = [:]) {
        self.input = input
        givenInfo = userInfo
        hints = .allocate(capacity: BSONLimits.depth + 1)
        hints.initialize(repeating: Hint(), count: BSONLimits.depth + 1)
    }

    deinit { hints.deallocate() }

    /// What the decoder's user gave to the types: another kind of dictionary, made for who asks.
    var userInfo: [CodingUserInfoKey: Any] { givenInfo }

    /// Ends the decoding: the bytes are no longer lent.
    func close() { isClosed = true }

    /// The element, while its bytes are lent.
    @inline(__always)
    func lent(_ element: BSONElement) throws(StorageError) -> BSONElement {
        if isClosed { throw Self.closed }
        return element
    }

    private static var closed: StorageError {
        StorageError(
            code: .invalidState, message: "a decoder is used after the decoding has ended")
    }
}

// MARK: Finding

extension BSONScope {
    /// The elements of a document or array, if the element is one and not too deep.
    @inline(__always)
    func open(
        _ element: BSONElement, _ type: UInt8, _ depth: UInt8
    ) throws(StorageError) -> BSONPlace {
        guard try lent(element).type == type else {
            throw wrong(element, BSONElementType.name(type))
        }
        _ = try input.deeper(Int(depth))
        let range = input.range(of: element)
        return BSONPlace(first: range.first, limit: range.limit)
    }

    /// The element of a name.
    @inline(__always)
    func element(
        named name: UnsafeBufferPointer<UInt8>, in place: BSONPlace, _ depth: UInt8
    ) throws(StorageError) -> BSONElement? {
        if isClosed { throw Self.closed }
        let hint = hints[Int(depth)]
        let first = hint.first == place.first ? hint.next : place.first
        if let value = input.value(named: name, at: first, limit: place.limit) {
            return try remember(
                input.element(at: first, value: value, limit: place.limit), place, depth)
        }
        return try search(name, in: place, from: first, depth)
    }

    @inline(__always)
    private func remember(_ element: BSONElement, _ place: BSONPlace, _ depth: UInt8) -> BSONElement
    {
        hints[Int(depth)] = Hint(first: place.first, next: element.end)
        return element
    }

    private func search(
        _ name: UnsafeBufferPointer<UInt8>, in place: BSONPlace, from first: Int32, _ depth: UInt8
    ) throws(StorageError) -> BSONElement? {
        var next = first
        var isRound = false
        while true {
            guard let element = try input.element(at: next, limit: place.limit) else {
                guard !isRound, first > place.first else { return nil }
                isRound = true
                next = place.first
                continue
            }
            if input.value(named: name, at: next, limit: place.limit) == Int(element.value) {
                return remember(element, place, depth)
            }
            next = element.end
            if isRound && next >= first { return nil }
        }
    }

    /// The element at a place in an array; `nil` at its end.
    @inline(__always)
    func element(at place: Int32, limit: Int32) throws(StorageError) -> BSONElement? {
        if isClosed { throw Self.closed }
        return try input.element(at: place, limit: limit)
    }

    /// The element of a name that is kept in an unusual way.
    func element(
        slowlyNamed name: String, in place: BSONPlace, _ depth: UInt8
    ) throws -> BSONElement? {
        try Array(name.utf8).withUnsafeBufferPointer {
            try element(named: $0, in: place, depth)
        }
    }

    /// The names of a document, as far as they can be read.
    func names(in place: BSONPlace) -> [String] {
        var names: [String] = []
        var next = place.first
        while let element = try? element(at: next, limit: place.limit),
            let name = try? input.name(of: element)
        {
            names.append(name)
            next = element.end
        }
        return names
    }

    /// How many elements there are from a place on; `nil` when they cannot be read.
    func count(from first: Int32, limit: Int32) -> Int? {
        isClosed ? nil : try? input.count(from: first, limit: limit)
    }
}

// MARK: Where it is

extension BSONScope {
    /// The names on the way to an element's name, or to any other place in the bytes.
    ///
    /// They are looked for when they are asked for, from the root on: nobody has to remember them.
    func path(to place: Int32) -> [BSONKey] {
        var path: [BSONKey] = []
        guard !isClosed else { return path }
        var around = BSONElement(document: input.count)
        while let inner = element(around: place, in: around) {
            path.append(BSONKey(stringValue: (try? input.name(of: inner)) ?? "?"))
            guard inner.type == BSONElementType.document || inner.type == BSONElementType.array,
                inner.value <= place
            else { break }
            around = inner
        }
        return path
    }

    /// The names on the way to what is in a document.
    func path(inside place: BSONPlace) -> [BSONKey] { path(to: place.limit) }

    private func element(around place: Int32, in document: BSONElement) -> BSONElement? {
        let range = input.range(of: document)
        var next = range.first
        while next <= place, let element = try? input.element(at: next, limit: range.limit) {
            if element.end > place { return element }
            next = element.end
        }
        return nil
    }
}

// MARK: Errors

extension BSONScope {
    /// The error for an element that is something else than what is read.
    @inline(never)
    func wrong(_ element: BSONElement, _ wanted: String) -> StorageError {
        failed(
            "\(BSONElementType.name(element.type)) where \(wanted) is due",
            path(to: element.key))
    }

    /// The error for a number that the type cannot hold.
    @inline(never)
    func inexact(_ element: BSONElement, _ type: Any.Type) -> StorageError {
        failed("a number that \(type) cannot hold", path(to: element.key))
    }

    /// The error for a field that is not there.
    @inline(never)
    func missing(_ key: some CodingKey, in place: BSONPlace) -> StorageError {
        failed(
            "there is no such field",
            path(inside: place) + [BSONKey(stringValue: key.stringValue)])
    }

    /// The error for an array that has no further elements.
    @inline(never)
    func ended(at limit: Int32) -> StorageError {
        failed("the array has no further elements", path(to: limit))
    }

    private func failed(_ message: String, _ path: [BSONKey]) -> StorageError {
        let place = path.isEmpty ? "" : "at \(BSONKey.words(path)): "
        return StorageError(code: .decodingFailed, message: place + message)
    }
}
