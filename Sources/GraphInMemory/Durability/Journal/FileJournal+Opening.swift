internal import StorageKit

extension FileJournal {
    /// Opens a folder, on a thread of its own: that waits for the disk.
    static func open(
        _ path: String, _ settings: GraphStorageSettings, files: any FileSystem = SystemFiles()
    ) async throws(StorageError) -> (FileJournal, GraphState) {
        typealias Outcome = Result<(FileJournal, GraphState), StorageError>
        let outcome: Outcome = await withCheckedContinuation { continuation in
            do throws(StorageError) {
                try PlatformThread.start {
                    continuation.resume(
                        returning: Result { () throws(StorageError) in
                            try openInPlace(path, settings, files: files)
                        })
                }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
        return try outcome.get()
    }

    /// Opens a folder on this thread.
    static func openInPlace(
        _ path: String, _ settings: GraphStorageSettings, files: any FileSystem
    ) throws(StorageError) -> (FileJournal, GraphState) {
        let folder = StoreFolder(path: path, files: files)
        // What is in the way is found out before anything is made.
        if try folder.contents() == nil { try files.makeFolder(path) }
        guard let lock = try files.lock(folder.path(of: .lock)) else { throw busy(path) }
        do throws(StorageError) {
            return try recover(folder, settings, lock)
        } catch {
            lock.release()
            throw error.adding(operation: "open", store: "graph:\(path)")
        }
    }

    private static func recover(
        _ folder: StoreFolder, _ settings: GraphStorageSettings, _ lock: any FolderLock
    ) throws(StorageError) -> (FileJournal, GraphState) {
        let found = try Recovery.run(folder)
        let snapshots = SnapshotKeeper(
            folder, identity: found.log.header.identity,
            last: (found.snapshotSequence, found.snapshotBytes))
        let core = JournalCore(folder, settings, snapshots)
        try core.start(found.log, lock)
        return (FileJournal(core), found.state)
    }

    private static func busy(_ path: String) -> StorageError {
        StorageError(
            code: .busy,
            message: "the graph in \(path) is open already, here or in another process; close it "
                + "there first")
    }
}
