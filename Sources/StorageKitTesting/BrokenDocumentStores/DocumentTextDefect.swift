/// What a broken store of text searches does wrong, and the law that is meant to catch it.
public enum DocumentTextDefect: String, ConformanceDefect, CaseIterable, Hashable, Sendable {
    /// All words have to be there.
    case wantsEveryWord
    /// Of a phrase one word suffices.
    case takesPhrasesForWords
    /// What is not wanted is not looked at.
    case ignoresExclusions
    /// Documents come by their identifiers.
    case ignoresScores
    /// The filter is not looked at.
    case ignoresTextFilter
    /// Without an index nothing is found.
    case findsNothingWithoutIndex
    /// A search for nothing finds nothing.
    case findsNothingForNoWord

    /// What is wrong, in one word.
    public var name: String { rawValue }

    /// The law that is meant to catch it.
    public var caughtBy: String {
        switch self {
        case .wantsEveryWord: "document.text.words"
        case .takesPhrasesForWords: "document.text.phrases"
        case .ignoresExclusions: "document.text.without"
        case .ignoresScores: "document.text.score"
        case .ignoresTextFilter: "document.text.filter"
        case .findsNothingWithoutIndex: "document.text.wants-index"
        case .findsNothingForNoWord: "document.text.refuses"
        }
    }
}
