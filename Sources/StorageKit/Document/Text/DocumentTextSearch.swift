/// Which words and phrases are looked for in an index of texts.
///
/// ```swift
/// let search = DocumentTextSearch("swift databases", without: ["java"])
/// ```
///
/// * Words are what stands between blanks and punctuation; capitals and accents do not count. No
///   word is brought to its stem and none is left out: "run" does not find "running".
/// * A document is found that has **one of the words**, those of the phrases among them, **each of
///   the phrases** in one of its texts, and none of what it must be without.
public struct DocumentTextSearch: Hashable, Sendable {
    /// Texts, of whose words one is wanted at least.
    public var words: [String]
    /// Texts that are wanted as they stand, all of them.
    public var phrases: [String]
    /// Texts of whose words none must be there.
    public var excludedWords: [String]
    /// Texts that must not be there as they stand.
    public var excludedPhrases: [String]

    /// Creates a search.
    ///
    /// - Parameters:
    ///   - words: A text, of whose words one is wanted at least.
    ///   - phrases: Texts that are wanted as they stand, all of them.
    ///   - excludedWords: Texts of whose words none must be there.
    ///   - excludedPhrases: Texts that must not be there as they stand.
    public init(
        _ words: String..., phrases: [String] = [], without excludedWords: [String] = [],
        withoutPhrases excludedPhrases: [String] = []
    ) {
        self.words = words
        self.phrases = phrases
        self.excludedWords = excludedWords
        self.excludedPhrases = excludedPhrases
    }

    /// Refuses a search that can find nothing.
    ///
    /// - Throws: `invalidArgument` when no word is wanted, and for a phrase without a word or with
    ///   a quotation mark.
    package func check() throws(StorageError) {
        for phrase in phrases + excludedPhrases {
            guard !phrase.contains("\""), !DocumentText(phrase).words.isEmpty else {
                throw .invalidDocumentArgument("a phrase has no word, or a quotation mark")
            }
        }
        guard !wantedWords.isEmpty else {
            throw .invalidDocumentArgument("a search looks for no word")
        }
    }

    /// The words of which one is wanted, each once.
    package var wantedWords: Set<String> { Self.words(of: words + phrases) }
    /// The words of which none must be there.
    package var unwantedWords: Set<String> { Self.words(of: excludedWords) }

    private static func words(of texts: [String]) -> Set<String> {
        Set(texts.flatMap { DocumentText($0).words })
    }
}
