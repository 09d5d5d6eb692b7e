/// What a wrapper around a namespace does wrong, and the law that is meant to catch it.
public enum NamespaceDefect: String, CaseIterable, ConformanceDefect {
    /// What should wrap a namespace within goes on with the one around it.
    case staysOutside
    /// What should wrap a namespace within wraps another one each time.
    case neverFindsAgain

    /// What is wrong: the case's own name.
    public var name: String { rawValue }

    /// The law that is meant to catch it.
    public var caughtBy: String {
        switch self {
        case .staysOutside: "key-value.namespace.shares-no-key-with-one-within"
        case .neverFindsAgain: "key-value.namespace.is-its-path"
        }
    }
}
