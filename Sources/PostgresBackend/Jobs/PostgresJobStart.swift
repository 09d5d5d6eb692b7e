#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// When a job may be begun, by the server's clock.
public enum PostgresJobStart: Hashable, Sendable {
    /// At once.
    case now
    /// After a while.
    case after(Duration)
    /// At a time.
    case at(Date)
}
