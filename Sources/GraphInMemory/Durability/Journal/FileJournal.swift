internal import StorageKit

/// A journal in a folder: a log that commits are appended to in groups, and snapshots.
///
/// ```
///   tasks ── enqueue ──▶ line ──▶ journal's thread: one write, one sync, for all that wait
///                                      │ log long enough, or asked for
///                                      ▼
///                                 new log ──▶ snapshot's thread: file, sync, rename, old files
/// ```
///
/// While the thread waits for the disk the next group gathers by itself, so nobody ever waits for a
/// group to fill, and one commit alone costs one sync.
final class FileJournal: GraphJournal {
    private let core: JournalCore

    init(_ core: JournalCore) { self.core = core }

    deinit { core.beginClosing() }

    func enqueue(
        _ changes: [GraphChange],
        completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
    ) {
        core.add(Self.content(of: changes), completion)
    }

    private static func content(of changes: [GraphChange]) -> JournalLine.Content {
        do throws(StorageError) {
            let commit = try StoredCommit.encode(changes)
            guard commit.count <= LogGroup.maximumBytes else { throw tooLarge }
            return .commit(commit)
        } catch {
            return .unwritable(error)
        }
    }

    private static var tooLarge: StorageError {
        StorageError(
            code: .limitExceeded,
            message: "a commit takes more than a gibibyte in the log; make it several transactions")
    }

    func resume() throws(StorageError) { try core.resume() }

    var wantsCheckpoint: Bool { core.wantsCheckpoint }

    func checkpoint(
        _ state: GraphState,
        completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
    ) {
        core.add(.snapshot(state), completion)
    }

    func close() async { await core.close() }
}
