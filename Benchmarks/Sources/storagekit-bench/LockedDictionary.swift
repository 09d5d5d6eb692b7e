import StorageKit
import Synchronization

/// The baseline of the inmemory suite: a dictionary behind one lock.
final class LockedDictionary: Sendable {
    private let values = Mutex<[ByteString: ByteString]>([:])

    /// Creates a dictionary with a value of 64 bytes for each key.
    init(keys: [ByteString]) {
        values.withLock { values in
            for key in keys { values[key] = Self.value(of: key) }
        }
    }

    /// The key and then dots.
    static func value(of key: ByteString) -> ByteString {
        key + ByteString(bytes: repeatElement(UInt8(ascii: "."), count: 64 - key.count))
    }

    /// Reads all keys so many times, and adds up the lengths of what it reads.
    func get(_ keys: [ByteString], rounds: Int) -> Int64 {
        var sum: Int64 = 0
        for _ in 0..<rounds {
            for key in keys { sum += Int64(get(key)?.count ?? -64) }
        }
        return sum
    }

    private func get(_ key: ByteString) -> ByteString? { values.withLock { $0[key] } }
}
