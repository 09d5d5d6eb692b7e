internal import StorageKit

/// The end of a log, where groups are appended; one thread has it.
///
/// A write that failed is taken back by cutting the file. A sync that failed is final: the system
/// may have marked the pages as clean that it could not write, and the next sync would then succeed
/// without them ("fsyncgate": PostgreSQL 9.4 to 11 lost data so, and since then stops instead). The
/// file is cut back to what had been synced, so that who opens it next does not read from memory
/// what the disk does not have.
struct LogWriter {
    let header: FileHeader
    private let file: any DurableFile
    private let boot: UInt64
    /// The end of the last group.
    private(set) var length: Int
    /// What had been synced.
    private(set) var durable: Int
    /// The number of the last commit.
    private(set) var sequence: UInt64
    /// The place that the last sync left alone: so only one of the two is ever in doubt.
    private var nextMark = 0

    /// Goes on behind a log's last group, which has been synced.
    init(
        _ file: any DurableFile, header: FileHeader, length: Int, sequence: UInt64, boot: UInt64
    ) {
        self.file = file
        self.header = header
        self.length = length
        self.sequence = sequence
        self.boot = boot
        durable = length
    }

    /// How many bytes of groups there are.
    var groupBytes: Int { length - LogLayout.firstGroup }

    /// Writes commits, at least one, and waits for the disk if they are to be synced.
    mutating func append(_ commits: [[UInt8]], synced: Bool) throws(LogFailure) {
        let group = LogGroup.bytes(
            of: commits, sequence: sequence + 1, durable: durable, at: length, salt: header.salt)
        try write(group)
        if synced { try sync(upTo: length + group.count) }
        length += group.count
        sequence += UInt64(commits.count)
        mark()
    }

    /// Waits until everything that was written is on the disk, the mark with it.
    mutating func sync() throws(LogFailure) {
        if durable < length {
            try sync(upTo: length)
            mark()
        }
        try sync(upTo: length)
    }

    private func write(_ group: [UInt8]) throws(LogFailure) {
        do throws(StorageError) {
            try file.write(group, at: length)
        } catch {
            let isCut = (try? file.truncate(to: length)) != nil
            guard isCut, error.code == .resourceExhausted else {
                throw .broken(error, mayHaveBeenApplied: !isCut)
            }
            throw .refused(error)
        }
    }

    private mutating func sync(upTo end: Int) throws(LogFailure) {
        do throws(StorageError) {
            try file.sync()
            durable = end
            nextMark = 1 - nextMark
        } catch {
            // In vain where the disk is gone; then there is nothing that could be misread either.
            if durable == length { try? file.truncate(to: length) }
            throw .broken(error, mayHaveBeenApplied: true)
        }
    }

    /// Without it the log is as whole as with it, so a failure is none; the next write will tell.
    private mutating func mark() {
        let mark = LogMark(durable: durable, written: length, boot: boot)
        try? file.write(mark.bytes(salt: header.salt), at: LogMark.places[nextMark])
    }
}
