import Testing

/// A document of the corpus in all of its forms.
struct BSONCorpusCase: Sendable, CustomTestStringConvertible {
    var name: String
    /// The document, in hexadecimal digits.
    var bson: String
    /// It as canonical Extended JSON.
    var canonical: String
    /// It as relaxed Extended JSON, where that is another text.
    var relaxed: String?
    /// Bytes that mean the same, and are not as they are written.
    var degenerateBSON: String?
    /// A text that means the same.
    var degenerateJSON: String?
    /// Whether the text does not say everything.
    var isLossy = false

    init(
        _ name: String, _ bson: String, _ canonical: String, relaxed: String? = nil,
        degenerateBSON: String? = nil, degenerateJSON: String? = nil, isLossy: Bool = false
    ) {
        self.name = name
        self.bson = bson
        self.canonical = canonical
        self.relaxed = relaxed
        self.degenerateBSON = degenerateBSON
        self.degenerateJSON = degenerateJSON
        self.isLossy = isLossy
    }

    var testDescription: String { name }
}

/// Something that has to be refused.
struct BSONCorpusError: Sendable, CustomTestStringConvertible {
    var name: String
    var content: String

    init(_ name: String, _ content: String) {
        self.name = name
        self.content = content
    }

    var testDescription: String { name }
}

/// The public corpus of BSON: documents in all their forms, and what is none.
///
/// Source: the specifications of MongoDB's drivers, "BSON Corpus", whose cases of `top`, `binary`,
/// `double`, `regex`, `datetime`, `decimal128-1` and `multi-type` were compared with these.
enum BSONCorpus {
    static let cases = scalars + texts + numbers + decimals + composites
}

/// The bytes of hexadecimal digits.
func hexadecimal(_ digits: String) -> [UInt8] {
    let digits = Array(digits.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
        UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)
    }
}
