internal import StorageKit

/// Reads `source target [weight]` from bytes, one relationship a line.
///
/// It borrows the bytes; each look at one is behind a check against the end.
struct EdgeListParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var line = 1
    private(set) var edges = ParsedEdges()

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        // A line is hardly shorter than eight bytes.
        edges.sources.reserveCapacity(bytes.count / 8)
        edges.targets.reserveCapacity(bytes.count / 8)
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    }

    /// Parses all lines.
    mutating func parse(_ watch: ImportWatch) throws(StorageError) {
        var next = 0
        while position < bytes.count {
            if position >= next {
                try watch.report(position, of: bytes.count, relationships: edges.count)
                next = position + 1 << 20
            }
            try parseLine()
        }
        try watch.report(bytes.count, of: bytes.count, relationships: edges.count)
    }

    private mutating func parseLine() throws(StorageError) {
        skipBlanks()
        guard !isAtEnd else { return endLine() }
        let source = try number("source")
        try separator(after: "source")
        let target = try number("target")
        skipSeparator()
        let weight = try isAtEnd ? nil : self.weight()
        skipBlanks()
        guard isAtEnd else { throw failure("there is more than a source, a target and a weight") }
        edges.append(source, target, weight)
        endLine()
    }

    // MARK: Lines

    /// Whether the line is over, or the rest of it is a comment.
    private var isAtEnd: Bool {
        guard position < bytes.count else { return true }
        let byte = bytes[position]
        return byte == 0x0A || byte == 0x0D || byte == 0x23 || byte == 0x25
    }

    private mutating func endLine() {
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        position += 1
        line += 1
    }

    private mutating func skipBlanks() {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
            position += 1
        }
    }

    /// Skips blanks with at most one comma in them.
    private mutating func skipSeparator() {
        skipBlanks()
        guard position < bytes.count, bytes[position] == 0x2C else { return }
        position += 1
        skipBlanks()
    }

    private mutating func separator(after what: StaticString) throws(StorageError) {
        let start = position
        skipSeparator()
        guard position > start, !isAtEnd else { throw failure("there is no target") }
    }

    // MARK: Numbers

    private mutating func number(_ what: StaticString) throws(StorageError) -> UInt64 {
        let start = position
        var value: UInt64 = 0
        while position < bytes.count {
            let digit = bytes[position] &- 0x30
            guard digit < 10 else { break }
            value = value &* 10 &+ UInt64(digit)
            position += 1
        }
        // Eighteen digits fit without a look at each product.
        guard position > start, position - start <= 18 else {
            throw failure("the \(what) is not a whole number of at most 18 digits")
        }
        return value
    }

    private mutating func weight() throws(StorageError) -> Double {
        let start = position
        var value: UInt64 = 0
        while position < bytes.count, position - start < 15, bytes[position] &- 0x30 < 10 {
            value = value * 10 + UInt64(bytes[position] &- 0x30)
            position += 1
        }
        if position > start, isAtEnd || bytes[position] == 0x20 { return Double(value) }
        while !isAtEnd, bytes[position] > 0x20, bytes[position] != 0x2C { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let weight = Double(text) else { throw failure("the weight is not a number") }
        return weight.isNaN ? .nan : weight
    }

    private func failure(_ reason: String) -> StorageError {
        StorageError(code: .decodingFailed, message: "line \(line) of the edge list: \(reason)")
    }
}
