/// A hint that settings of a cache contradict each other, or do not do what they seem to.
///
/// ```swift
/// for advice in todos.advice { logger.warning("\(advice)") }
/// ```
public struct CacheAdvice: Hashable, Sendable, CustomStringConvertible {
    /// What it is about, for code that looks for one; it never changes.
    public let code: String
    /// What is wrong and what to do about it, in a sentence or two.
    public let message: String

    /// Creates advice.
    ///
    /// - Parameters:
    ///   - code: Lower case, words joined by hyphens.
    ///   - message: What is wrong and what to do about it.
    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}
