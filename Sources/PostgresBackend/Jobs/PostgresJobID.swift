/// What a job is known by, in all queues of its database.
public struct PostgresJobID: Hashable, Sendable, CustomStringConvertible {
    /// The number of its row.
    public let rawValue: Int64

    /// The job of a row.
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// The number.
    public var description: String { "\(rawValue)" }
}
