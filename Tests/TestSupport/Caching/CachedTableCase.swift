package import StorageKit
import Testing

/// What a cached table does on every relational store, each a test there.
package enum CachedTableCase: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case commit = "has what a transaction wrote after its commit, and not before"
    case rollback = "keeps nothing that a transaction read or wrote before its rollback"
    case silentCommit =
        "is passed by for a while when a transaction throws what says nothing of its outcome"
    case several = "hears of a transaction over several repositories, and of its rollback"
    case notedStatements = "hears of statements of the body's own when they are noted"
    case strictTransaction = "under strict writes fills nothing while a transaction is open"
    case versionedTransaction = "that knows versions invalidates what a transaction wrote"
    case conditionalRead = "sends an entity only to who has another version, NULLs included"
    case writeThrough = "that knows versions serves what was written as the table has it"
    case conflict = "that knows versions forgets an entity whose write met a conflict"
    case unknownVersion = "that knows versions forgets what it cannot know the version of"
    case revalidation = "that reads again by version renews what is as it was"
    case changed = "that reads again by version has what was changed, and not what is gone"
    case versionedRevalidation = "that does both has one version of an entity throughout"

    package var testDescription: String { rawValue }

    /// Makes the table on an empty database, and finds out.
    package func run<Database: RelationalStore & UpsertQuerying>(
        on database: Database
    ) async throws where Database.Connection: UpsertQuerying {
        let memos = try await CachedMemos(on: database)
        switch self {
        case .commit: try await memos.commit()
        case .rollback: try await memos.rollback()
        case .silentCommit: try await memos.silentCommit()
        case .several: try await memos.several()
        case .notedStatements: try await memos.notedStatements()
        case .strictTransaction: try await memos.strictTransaction()
        case .versionedTransaction: try await memos.versionedTransaction()
        case .conditionalRead: try await memos.conditionalRead()
        case .writeThrough: try await memos.writeThrough()
        case .conflict: try await memos.conflict()
        case .unknownVersion: try await memos.unknownVersion()
        case .revalidation: try await memos.revalidation()
        case .changed: try await memos.changed()
        case .versionedRevalidation: try await memos.versionedRevalidation()
        }
    }
}
