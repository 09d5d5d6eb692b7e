/// What a broken store of validations does wrong, and the law that is meant to catch it.
public enum DocumentValidationDefect: String, ConformanceDefect, CaseIterable, Hashable, Sendable {
    /// Ends of a range are always in it.
    case includesBounds
    /// Elements of arrays are not looked at.
    case ignoresItems
    /// No field has to be there.
    case requiresNothing
    /// A document that breaks the schema is changed away without a word.
    case swallowsBrokenWrites
    /// The error of an item is not told.
    case swallowsBrokenItems
    /// A schema cannot be set while documents break it.
    case looksAtWhatIsThere
    /// Every validation is strict.
    case forgetsModeration
    /// A validation is read with its fields alone.
    case readsFieldsAlone
    /// A schema that can never be right is not set, and that is not told.
    case acceptsEverySchema

    /// What is wrong, in one word.
    public var name: String { rawValue }

    /// The law that is meant to catch it.
    public var caughtBy: String {
        switch self {
        case .includesBounds: "document.validation.values"
        case .ignoresItems: "document.validation.arrays"
        case .requiresNothing: "document.validation.documents"
        case .swallowsBrokenWrites: "document.validation.writes"
        case .swallowsBrokenItems: "document.validation.items"
        case .looksAtWhatIsThere: "document.validation.existing"
        case .forgetsModeration: "document.validation.moderate"
        case .readsFieldsAlone: "document.validation.reads-back"
        case .acceptsEverySchema: "document.validation.refuses"
        }
    }
}
