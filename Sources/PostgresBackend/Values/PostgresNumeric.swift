/// PostgreSQL's decimal numbers, from their binary form to text with every digit.
///
/// Four numbers of 16 bits come first: how many digits follow, the power of 10,000 of the first
/// one, the sign, and how many decimals are shown. Then the digits, to the base 10,000
/// (`numeric_send` in the server's `numeric.c`).
struct PostgresNumeric {
    private let digits: [Int16]
    private let weight: Int
    private let isNegative: Bool
    private let scale: Int

    private static let negative: UInt16 = 0x4000

    /// `nil` for NaN and infinity, and for what is no such number.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 8 else { return nil }
        func field(_ index: Int) -> Int16 {
            Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 2, as: Int16.self))
        }
        let count = Int(field(0))
        let sign = UInt16(bitPattern: field(2))
        guard count >= 0, bytes.count == 8 + 2 * count, sign == 0 || sign == Self.negative else {
            return nil
        }
        digits = (0..<count).map { field(4 + $0) }
        guard digits.allSatisfy({ (0..<10_000).contains($0) }) else { return nil }
        weight = Int(field(1))
        isNegative = sign == Self.negative
        scale = Int(field(3))
    }

    /// The number as SQL writes it: `-12.3400`.
    var text: String {
        var text = isNegative ? "-" : ""
        text += weight < 0 ? "0" : "\(digit(0))"
        if weight > 0 { for place in 1...weight { text += padded(digit(place)) } }
        guard scale > 0 else { return text }
        var fraction = ""
        var place = weight + 1
        while fraction.utf8.count < scale {
            fraction += padded(digit(place))
            place += 1
        }
        return text + "." + fraction.prefix(scale)
    }

    /// Zeros at both ends are not sent.
    private func digit(_ place: Int) -> Int16 { digits.indices.contains(place) ? digits[place] : 0 }

    private func padded(_ digit: Int16) -> String {
        let text = "\(digit)"
        return String(repeating: "0", count: 4 - text.utf8.count) + text
    }

    /// The number as an integer, when it is one.
    var integer: Int64? {
        let text = text
        guard let point = text.firstIndex(of: ".") else { return Int64(text) }
        guard text[text.index(after: point)...].allSatisfy({ $0 == "0" }) else { return nil }
        return Int64(text[..<point])
    }

    /// The number as a real one, when its digits come back from there: up to fifteen do.
    var real: Double? {
        let text = text
        var figures = text.filter(\.isNumber).drop { $0 == "0" }
        if text.contains(".") { while figures.last == "0" { figures.removeLast() } }
        return figures.count <= 15 ? Double(text) : nil
    }
}
