internal import StorageKit

/// A commit as the log holds it: how many changes, and the changes.
enum StoredCommit {
    static func encode(_ changes: [GraphChange]) throws(StorageError) -> [UInt8] {
        var writer = ByteWriter(capacity: 16 * changes.count)
        writer.write(varint: changes.count)
        for change in changes { try writer.write(change) }
        return writer.bytes
    }

    static func decode(_ reader: inout ByteReader) throws(MalformedBytes) -> [GraphChange] {
        let count = try reader.count()
        var changes: [GraphChange] = []
        changes.reserveCapacity(min(count, 1_024))
        for _ in 0..<count { changes.append(try reader.change()) }
        return changes
    }
}
