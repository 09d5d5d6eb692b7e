/// What migrating a database would do; printed, the statements themselves.
public struct MigrationPlan: Sendable, CustomStringConvertible {
    /// The names of the migrations that the database has behind it, in their order.
    public let applied: [String]
    /// The migrations it has before it, in the order in which they would be applied.
    public let pending: [Migration]

    /// What is to be applied, with the statements; or that nothing is.
    public var description: String {
        guard !pending.isEmpty else { return "nothing to apply, \(applied.count) applied" }
        return
            (["\(applied.count) applied, \(pending.count) to apply:"]
            + pending.map(\.description)).joined(separator: "\n")
    }
}
