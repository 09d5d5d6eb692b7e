/// How a case ended for a store.
public enum ConformanceVerdict: Hashable, Sendable {
    /// The clause holds.
    case passed
    /// The store gives this case nothing to check.
    case notApplicable(reason: String)
    /// The clause does not hold, and the store's author has said so.
    case knownDeviation(reason: String)
    /// The clause does not hold, or a declared deviation is not needed (any more).
    case failed(message: String)

    /// Whether a test should be content: everything but a failure.
    public var isAcceptable: Bool {
        if case .failed = self { false } else { true }
    }
}

extension ConformanceVerdict: CustomStringConvertible {
    /// The verdict and its reason; a failure's message has several lines.
    public var description: String {
        guard let remark else { return title }
        if case .failed(let message) = self { return message }
        return "\(title): \(remark)"
    }

    /// The kind of verdict in words.
    var title: String {
        switch self {
        case .passed: "passed"
        case .notApplicable: "not applicable"
        case .knownDeviation: "known deviation"
        case .failed: "FAILED"
        }
    }

    /// What there is to say besides.
    var remark: String? {
        switch self {
        case .passed: nil
        case .notApplicable(let reason), .knownDeviation(let reason): reason
        case .failed(let message): message
        }
    }
}
