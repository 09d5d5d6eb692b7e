internal import StorageKit

/// Reads JSON.
///
/// It takes what RFC 8259 takes, and nothing else.
struct JSONTextParser {
    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    /// What stands around a value of its own in a document, as `$binary` does, is two levels.
    private static let depthLimit = BSONLimits.depth + 3

    init(_ text: String) { bytes = Array(text.utf8) }

    /// Reads the one value that the text is.
    mutating func parse() throws(StorageError) -> JSONText {
        let value = try value()
        skipSpace()
        guard place == bytes.count else { throw unexpected("something behind the end") }
        return value
    }

    private func unexpected(_ what: String) -> StorageError {
        StorageError(
            code: .invalidArgument, message: "this is not JSON: \(what) at byte \(place)")
    }

    private mutating func skipSpace() {
        while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
    }

    private mutating func take(_ letter: Unicode.Scalar) -> Bool {
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: letter) else { return false }
        place += 1
        return true
    }

    private mutating func demand(_ letter: Unicode.Scalar) throws(StorageError) {
        guard take(letter) else { throw unexpected("no \(letter)") }
    }

    private mutating func value() throws(StorageError) -> JSONText {
        skipSpace()
        guard place < bytes.count else { throw unexpected("the end") }
        switch bytes[place] {
        case UInt8(ascii: "{"):
            return try nested { parser throws(StorageError) in
                try parser.object()
            }
        case UInt8(ascii: "["):
            return try nested { parser throws(StorageError) in
                try parser.array()
            }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func nested(
        _ read: (inout JSONTextParser) throws(StorageError) -> JSONText
    ) throws(StorageError) -> JSONText {
        guard depth < Self.depthLimit else { throw BSONLimits.tooDeep }
        depth += 1
        place += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(StorageError) -> JSONText {
        var members: [JSONMember] = []
        guard !take("}") else { return .object([]) }
        repeat {
            skipSpace()
            guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
                throw unexpected("no name")
            }
            let name = try string()
            try demand(":")
            members.append(JSONMember(name: name, value: try value()))
        } while take(",")
        try demand("}")
        return .object(members)
    }

    private mutating func array() throws(StorageError) -> JSONText {
        var values: [JSONText] = []
        guard !take("]") else { return .array([]) }
        repeat { values.append(try value()) } while take(",")
        try demand("]")
        return .array(values)
    }

    private mutating func word(_ word: String, _ value: JSONText) throws(StorageError) -> JSONText {
        guard bytes[place...].starts(with: word.utf8) else { throw unexpected("no value") }
        place += word.utf8.count
        return value
    }
}

// MARK: Numbers

extension JSONTextParser {
    private mutating func number() throws(StorageError) -> String {
        let start = place
        skip(UInt8(ascii: "-"))
        let whole = skipDigits()
        guard whole == 1 || whole > 1 && bytes[place - whole] != UInt8(ascii: "0") else {
            throw unexpected("no number")
        }
        if skip(UInt8(ascii: ".")) {
            guard skipDigits() > 0 else { throw unexpected("a point without digits") }
        }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            if !skip(UInt8(ascii: "+")) { skip(UInt8(ascii: "-")) }
            guard skipDigits() > 0 else { throw unexpected("an exponent without digits") }
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    @discardableResult
    private mutating func skip(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func skipDigits() -> Int {
        let start = place
        while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
            place += 1
        }
        return place - start
    }
}

// MARK: Strings

extension JSONTextParser {
    private mutating func string() throws(StorageError) -> String {
        place += 1
        var text: [UInt8] = []
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text.append(contentsOf: try escape().utf8)
            case 0..<0x20: throw unexpected("a control character")
            default: text.append(byte)
            }
        }
        throw unexpected("a string without end")
    }

    private mutating func escape() throws(StorageError) -> String {
        guard place < bytes.count else { throw unexpected("the end") }
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicode()
        default: throw unexpected("an unknown escape")
        }
    }

    private mutating func unicode() throws(StorageError) -> String {
        var number = try fourDigits()
        if (0xD800..<0xDC00).contains(number), bytes[place...].starts(with: "\\u".utf8) {
            place += 2
            let low = try fourDigits()
            guard (0xDC00..<0xE000).contains(low) else { throw unexpected("half a character") }
            number = 0x10000 + (number - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(number) else { throw unexpected("half a character") }
        return String(scalar)
    }

    private mutating func fourDigits() throws(StorageError) -> UInt32 {
        let digits = bytes[place...].prefix(4)
        let isWhole = digits.count == 4 && digits.allSatisfy { Unicode.Scalar($0).isHexDigit }
        guard isWhole, let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw unexpected("an unknown escape") }
        place += 4
        return number
    }
}

extension Unicode.Scalar {
    fileprivate var isHexDigit: Bool { Character(self).isHexDigit && isASCII }
}
