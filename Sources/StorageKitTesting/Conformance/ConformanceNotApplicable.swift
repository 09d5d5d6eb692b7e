/// What a case throws when the store gives it nothing to check, for example no limit to pass.
public struct ConformanceNotApplicable: Error, Sendable {
    /// Why there is nothing to check.
    public var reason: String

    /// Creates the reason not to check.
    public init(_ reason: String) {
        self.reason = reason
    }
}
