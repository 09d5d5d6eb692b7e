/// An identifier of twelve bytes that programs generate without asking each other.
///
/// Four bytes of seconds since 1970, five random ones of the process, and a counter of three: in
/// the order of their bytes they are, roughly, in the order of their making.
///
/// Source: MongoDB's specification of ObjectIds.
public struct ObjectID: Hashable, Sendable {
    /// The first eight bytes, as a big-endian number.
    package let high: UInt64
    /// The last four.
    package let low: UInt32

    /// Creates an identifier of its bytes as big-endian numbers.
    package init(high: UInt64, low: UInt32) {
        self.high = high
        self.low = low
    }

    /// Creates an identifier of twelve bytes; `nil` when there are not as many.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 12 else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Creates an identifier of its parts.
    ///
    /// - Parameters:
    ///   - seconds: Since 1970.
    ///   - process: Of which the lower five bytes are taken.
    ///   - counter: Of which the lower three bytes are taken.
    public init(seconds: UInt32, process: UInt64, counter: UInt32) {
        high = UInt64(seconds) << 32 | (process >> 8) & 0xFFFF_FFFF
        low = UInt32(truncatingIfNeeded: process & 0xFF) << 24 | counter & 0xFF_FFFF
    }

    /// Creates an identifier of 24 hexadecimal digits; `nil` when it is something else.
    public init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 24 else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: 24, by: 2) {
            guard let left = Self.number(digits[place]), let right = Self.number(digits[place + 1])
            else { return nil }
            bytes.append(left << 4 | right)
        }
        self.init(bytes: bytes)
    }

    /// The twelve bytes.
    public var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
            + (0..<4).map { UInt8(truncatingIfNeeded: low >> (24 - 8 * $0)) }
    }

    /// When it was made, in seconds since 1970, if it was made in the usual way.
    public var seconds: UInt32 { UInt32(truncatingIfNeeded: high >> 32) }

    private static func number(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension ObjectID: Comparable {
    /// Whether the left one comes before the right one, byte by byte.
    public static func < (left: ObjectID, right: ObjectID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension ObjectID: LosslessStringConvertible {
    /// 24 hexadecimal digits, in small letters.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
