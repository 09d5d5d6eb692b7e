internal import StorageKit

/// A part of a file in memory, so that small reads one behind the other are few calls.
struct ReadingWindow {
    private static let size = 1 << 20
    private var start = 0
    private var content: [UInt8] = []

    /// The bytes at a place, fewer at the end of the file.
    mutating func bytes(
        of file: any DurableFile, at place: Int, count: Int
    ) throws(StorageError) -> [UInt8] {
        if place < start || place + count > start + content.count {
            content = try file.read(at: place, count: max(count, Self.size))
            start = place
        }
        return Array(content.dropFirst(place - start).prefix(count))
    }

    /// Where a number of four bytes stands next; `nil` when it comes no more.
    mutating func place(
        of magic: UInt32, in file: any DurableFile, from first: Int
    ) throws(StorageError) -> Int? {
        var place = first
        while true {
            content = try file.read(at: place, count: Self.size)
            start = place
            guard content.count >= 4 else { return nil }
            if let found = Self.offset(of: magic, in: content) { return place + found }
            place += content.count - 3
        }
    }

    private static func offset(of magic: UInt32, in content: [UInt8]) -> Int? {
        content.withUnsafeBytes { content in
            (0...(content.count - 4)).first { offset in
                UInt32(littleEndian: content.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                    == magic
            }
        }
    }
}
