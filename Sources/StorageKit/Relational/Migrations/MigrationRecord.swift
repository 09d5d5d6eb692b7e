#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A migration that a database has behind it: a row of the table `storagekit_migration`.
struct MigrationRecord: Codable, Sendable {
    /// From 1.
    let position: Int
    let name: String
    let checksum: String

    static let table = "storagekit_migration"

    /// What programs that migrate at once wait for each other by.
    static let exclusion = AdvisoryLockKey(table).number

    static var creation: SQL {
        """
        CREATE TABLE IF NOT EXISTS \(identifier: table) (
            position INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            checksum TEXT NOT NULL,
            applied_at TEXT NOT NULL
        )
        """
    }

    /// All of them, in their order.
    static var selection: SQL {
        "SELECT position, name, checksum FROM \(identifier: table) ORDER BY position"
    }

    /// No database has so many.
    static let limit = 100_000

    func insertion(at date: Date) -> SQL {
        """
        INSERT INTO \(identifier: Self.table) (position, name, checksum, applied_at)
        VALUES (\(position), \(name), \(checksum), \(date.formatted(.iso8601)))
        """
    }
}
