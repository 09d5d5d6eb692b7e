#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
public import StorageKit

/// A job that has failed too often, and is not tried again.
public struct PostgresDeadJob<Payload: Codable & Sendable>: Hashable, Sendable {
    /// What it is known by.
    public let id: PostgresJobID
    /// What was to be done, as JSON; it may be what could not be read.
    public let json: String
    /// How often it was begun.
    public let attempts: Int
    /// What the last failure was.
    public let failure: String
    /// When it was given up, by the server's clock.
    public let diedAt: Date

    /// What was to be done.
    ///
    /// - Throws: `decodingFailed` when it does not have the shape of the type.
    public func payload() throws(StorageError) -> Payload {
        try JSONCodec<Payload>().decode(ByteString(json))
    }
}
