internal import StorageKit

/// Opens a folder: the newest snapshot, and on top of it what the logs hold.
///
/// ```
///  snapshot-40 ─▶ log-40 ─▶ log-52 ─▶ log-60 ─▶ append
///                  whole     whole    may end torn
/// ```
///
/// Each log but the last must be whole and end at the commit where the next one begins.
struct Recovery {
    /// What was found, and where writing goes on.
    struct Result {
        let state: GraphState
        let log: LogWriter
        /// The commit that the snapshot is of; 0 without one.
        let snapshotSequence: UInt64
        /// How long it is; 0 without one.
        let snapshotBytes: Int
    }

    private let folder: StoreFolder
    private var state = GraphState()
    private var identity: StoreIdentity?
    private var sequence: UInt64 = 0
    private var snapshotBytes = 0

    /// Recovers a store, or makes an empty one in a folder that has none.
    ///
    /// The caller holds the folder's lock.
    static func run(_ folder: StoreFolder) throws(StorageError) -> Result {
        var recovery = Recovery(folder)
        let contents = try folder.contents() ?? FolderContents([])
        let log =
            if contents.logs.isEmpty, contents.snapshots.isEmpty {
                try recovery.makeStore()
            } else {
                try recovery.recover(contents)
            }
        folder.removeFiles(
            before: contents.snapshots.last ?? 0, temporaryToo: true)
        return Result(
            state: recovery.state, log: log, snapshotSequence: contents.snapshots.last ?? 0,
            snapshotBytes: recovery.snapshotBytes)
    }

    private init(_ folder: StoreFolder) { self.folder = folder }

    private func makeStore() throws(StorageError) -> LogWriter {
        let random = folder.files.randomNumber
        let identity = StoreIdentity(high: random(), low: random())
        do throws(FileMakingFailure) {
            return try LogWriter.make(in: folder, identity: identity, sequence: 0)
        } catch {
            throw error.error
        }
    }

    private mutating func recover(_ contents: FolderContents) throws(StorageError) -> LogWriter {
        if let snapshot = contents.snapshots.last { try load(snapshot) }
        let logs = contents.logs.filter { $0 >= sequence }
        guard logs.first == sequence else { throw missing(.log(sequence)) }
        for (log, next) in zip(logs, logs.dropFirst()) {
            let reader = try replay(log)
            guard sequence == next else { throw gap(behind: reader, next) }
        }
        var reader = try replay(sequence)
        return try reopen(&reader)
    }

    private mutating func load(_ snapshot: UInt64) throws(StorageError) {
        let path = folder.path(of: .snapshot(snapshot))
        let read = try SnapshotReader.read(try folder.files.open(path))
        try check(read.header, snapshot, path)
        (state, snapshotBytes, sequence) = (read.state, read.byteCount, snapshot)
    }

    private mutating func replay(_ log: UInt64) throws(StorageError) -> LogReader {
        let path = folder.path(of: .log(log))
        let file = try folder.files.open(path)
        var reader = try LogReader(file, boot: folder.files.bootIdentity)
        try check(reader.header, log, path)
        while true {
            let start = reader.end
            guard let commits = try reader.next() else { break }
            do throws(MalformedBytes) {
                for commit in commits {
                    for change in commit { try state.replay(change, at: 0) }
                }
            } catch {
                throw FileFailure.corrupted(path, at: start, error.reason)
            }
        }
        sequence = reader.sequence
        return reader
    }

    private mutating func check(
        _ header: FileHeader, _ sequence: UInt64, _ path: String
    ) throws(StorageError) {
        guard header.sequence == sequence, identity == nil || identity == header.identity else {
            throw FileFailure.corrupted(path, at: 16, "it is another store's, or was renamed")
        }
        identity = header.identity
    }

    /// Cuts a torn end off, and sees to it that what is left is on the disk.
    private func reopen(_ reader: inout LogReader) throws(StorageError) -> LogWriter {
        try reader.verifyEnd()
        if reader.hasTornTail { try reader.file.truncate(to: reader.end) }
        try reader.file.sync()
        return LogWriter(
            reader.file, header: reader.header, length: reader.end, sequence: reader.sequence,
            boot: folder.files.bootIdentity)
    }

    private func missing(_ name: StoreFolder.Name) -> StorageError {
        let path = folder.path(of: name)
        return StorageError(
            code: .corrupted, message: "\(path) is missing; restore a copy of the folder")
    }

    private func gap(behind log: LogReader, _ next: UInt64) -> StorageError {
        FileFailure.corrupted(
            log.file.path, at: log.end,
            "it ends at commit \(log.sequence), and the next log is behind commit \(next)")
    }
}

extension LogWriter {
    /// Makes an empty log behind a commit.
    static func make(
        in folder: StoreFolder, identity: StoreIdentity, sequence: UInt64
    ) throws(FileMakingFailure) -> LogWriter {
        let header = FileHeader(
            kind: .log, identity: identity, sequence: sequence,
            salt: folder.files.randomNumber())
        let (file, _) = try folder.make(.log(sequence)) { file throws(StorageError) in
            try file.write(LogLayout.emptyLog(header), at: 0)
            try file.sync()
        }
        return LogWriter(
            file, header: header, length: LogLayout.firstGroup, sequence: sequence,
            boot: folder.files.bootIdentity)
    }
}
