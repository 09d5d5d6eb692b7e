// Swift has the decompositions of Unicode as a part that is meant for Foundation.
@_spi(_Unicode) internal import Swift

/// A text as an index of texts has it: without capitals and accents, in words.
///
/// Source: MongoDB's manual, "Text Index Versions"; its server, by its behaviour.
package struct DocumentText {
    /// The text in small letters, without accents.
    package let folded: String
    /// Its words in their order.
    package let words: [String]

    /// Takes a text apart.
    package init(_ text: String) {
        var folded = String.UnicodeScalarView()
        for scalar in text._nfd where scalar.properties.generalCategory != .nonspacingMark {
            folded.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
        }
        self.folded = String(folded)
        words = folded.split(whereSeparator: \.endsWord).map(String.init)
    }

    /// How well the text has some words: more often is better, and in a shorter text.
    ///
    /// Each further time a word counts half of the time before; a text that is the word alone has a
    /// tenth more.
    package func score(of wanted: Set<String>, original: String) -> Double {
        var counts: [String: Int] = [:]
        for word in words where wanted.contains(word) { counts[word, default: 0] += 1 }
        // Words are added up in one order, so that sums are the same wherever they are made.
        return counts.sorted { $0.key < $1.key }.reduce(0) { sum, entry in
            let (word, count) = entry
            let frequency = 2 - Double(sign: .plus, exponent: 1 - count, significand: 1)
            let share = 0.5 * Double(count) / Double(words.count) + 0.5
            let isAll = original.isAll(word)
            return sum + frequency * share * (isAll ? 1.1 : 1)
        }
    }
}

extension String {
    /// Whether the text is a word, but for the capitals of ASCII.
    fileprivate func isAll(_ word: String) -> Bool {
        utf8.count == word.utf8.count
            && zip(utf8, word.utf8).allSatisfy { byte, other in
                byte == other || (0x41...0x5A).contains(byte) && byte + 0x20 == other
            }
    }
}

extension Unicode.Scalar {
    /// Whether it stands between words: blanks, dashes, quotation marks, what ends sentences, and
    /// the syntax of programs, to which the underscore does not belong.
    fileprivate var endsWord: Bool {
        if self == "_" { return false }
        let properties = properties
        if properties.isWhitespace || properties.isDash || properties.isQuotationMark
            || properties.isSentenceTerminal
        {
            return true
        }
        return Self.syntax.contains { $0.contains(value) }
    }

    /// Unicode's `Pattern_Syntax`, which never changes (UAX #31).
    private static let syntax: [ClosedRange<UInt32>] = [
        0x21...0x2F, 0x3A...0x40, 0x5B...0x5E, 0x60...0x60, 0x7B...0x7E, 0xA1...0xA7, 0xA9...0xA9,
        0xAB...0xAC, 0xAE...0xAE, 0xB0...0xB1, 0xB6...0xB6, 0xBB...0xBB, 0xBF...0xBF, 0xD7...0xD7,
        0xF7...0xF7, 0x2010...0x2027, 0x2030...0x203E, 0x2041...0x2053, 0x2055...0x205E,
        0x2190...0x245F, 0x2500...0x2775, 0x2794...0x2BFF, 0x2E00...0x2E7F, 0x3001...0x3003,
        0x3008...0x3020, 0x3030...0x3030, 0xFD3E...0xFD3F, 0xFE45...0xFE46,
    ]
}
