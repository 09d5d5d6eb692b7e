#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A job in the hands of somebody who has claimed it.
public struct PostgresJob<Payload: Codable & Sendable>: Sendable {
    /// What it is known by.
    public let id: PostgresJobID
    /// What is to be done.
    public let payload: Payload
    /// How urgent it is; the larger the sooner.
    public let priority: Int
    /// Which attempt this is, from 1.
    public let attempt: Int
    /// When it was put into the queue, by the server's clock.
    public let enqueuedAt: Date
    /// Which of the leases it has had: the proof that it still belongs to who asks.
    let lease: Int64
}
