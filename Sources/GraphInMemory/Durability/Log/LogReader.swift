internal import StorageKit

/// Reads a log from its header to its end, and says whether the end is one.
///
/// Groups are read until one is not whole. That is the end of what was acknowledged, if it was the
/// last write and a crash cut it short; it is damage, if it lies where everything must be whole:
///
/// * below what a mark says,
/// * in front of a whole group that was written when this place had been synced already,
/// * anywhere in a log that another one follows.
struct LogReader {
    let file: any DurableFile
    let header: FileHeader
    /// Below this everything must be whole.
    private let certain: Int
    private let length: Int
    /// The end of the last group that was read.
    private(set) var end = LogLayout.firstGroup
    /// The number of the last commit that was read.
    private(set) var sequence: UInt64
    private var window = ReadingWindow()

    init(_ file: any DurableFile, boot: UInt64) throws(StorageError) {
        self.file = file
        header = try FileHeader.read(.log, of: file)
        sequence = header.sequence
        length = try file.length()
        var certain = LogLayout.firstGroup
        var hasMark = false
        for place in LogMark.places {
            let bytes = try file.read(at: place, count: LogMark.count)
            guard let mark = LogMark(bytes, salt: header.salt) else { continue }
            hasMark = true
            certain = max(certain, mark.certain(boot: boot))
        }
        // A torn write harms one of them.
        guard hasMark else {
            throw FileFailure.corrupted(
                file.path, at: LogMark.places[0], "both marks of its length are damaged")
        }
        self.certain = certain
    }

    /// The changes of the next group, commit by commit; `nil` at the end, whatever that is.
    ///
    /// - Throws: ``StorageError/Code/corrupted`` for a group that is whole and makes no sense.
    mutating func next() throws(StorageError) -> [[GraphChange]]? {
        guard let (group, bytes) = try wholeGroup(at: end) else { return nil }
        guard group.sequence == sequence + 1 else {
            throw FileFailure.corrupted(file.path, at: end, "commits are missing in front of it")
        }
        do throws(MalformedBytes) {
            let commits = try ByteReader.read(bytes) { (reader) throws(MalformedBytes) in
                try Self.commits(of: group, &reader)
            }
            end += group.count
            sequence += UInt64(group.commitCount)
            return commits
        } catch {
            throw FileFailure.corrupted(file.path, at: end + error.offset, error.reason)
        }
    }

    private static func commits(
        of group: LogGroup, _ reader: inout ByteReader
    ) throws(MalformedBytes) -> [[GraphChange]] {
        try reader.skip(LogGroup.headerCount)
        guard group.commitCount <= reader.remaining else {
            throw reader.malformed("it has fewer commits than it says")
        }
        var commits: [[GraphChange]] = []
        for _ in 0..<group.commitCount { commits.append(try StoredCommit.decode(&reader)) }
        return commits
    }

    /// Makes sure that the place where reading ended is the end of what was acknowledged.
    ///
    /// - Throws: ``StorageError/Code/corrupted`` when it is not.
    mutating func verifyEnd() throws(StorageError) {
        guard end >= certain else {
            throw FileFailure.corrupted(
                file.path, at: end, "what was written up to byte \(certain) is not whole")
        }
        var next = end + 1
        while let place = try window.place(of: LogGroup.magic, in: file, from: next) {
            if let (group, _) = try wholeGroup(at: place), group.durable > end {
                throw FileFailure.corrupted(
                    file.path, at: end, "a later group is whole, and this one is not")
            }
            next = place + 1
        }
    }

    /// Whether something lies behind the end: what a crash cut short.
    var hasTornTail: Bool { end < length }

    private mutating func wholeGroup(
        at place: Int
    ) throws(StorageError) -> (LogGroup, [UInt8])? {
        let start = try window.bytes(of: file, at: place, count: LogGroup.headerCount)
        guard let group = LogGroup(header: start), group.count <= length - place else {
            return nil
        }
        let bytes = try window.bytes(of: file, at: place, count: group.count)
        return group.isWhole(bytes, at: place, salt: header.salt) ? (group, bytes) : nil
    }
}
