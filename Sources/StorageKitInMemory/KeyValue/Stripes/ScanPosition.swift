internal import StorageKit

/// Where a scan goes on: what a cursor of this store says.
///
/// As bytes: which kind of scan, the stripe in four and the slot in eight of them, the highest
/// first.
struct ScanPosition: Hashable, Sendable {
    /// What is scanned; a cursor of one kind of scan is none of another.
    enum Scan: UInt8 {
        case keys = 0x6B
        case fields = 0x66
        case members = 0x6D
    }

    var scan: Scan
    var stripe = 0
    var slot: Int

    init(scan: Scan, stripe: Int = 0, slot: Int) {
        self.scan = scan
        self.stripe = stripe
        self.slot = slot
    }

    /// The position that a cursor names, or the beginning.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` when this store gave no such cursor.
    init(_ cursor: ScanCursor?, of scan: Scan, stripes: Int = 1) throws(StorageError) {
        guard let bytes = cursor?.bytes.bytes else {
            self.init(scan: scan, slot: 0)
            return
        }
        guard bytes.count == 13, bytes[0] == scan.rawValue else { throw .foreignCursor() }
        let stripe = Self.number(bytes[1..<5])
        guard stripe < UInt64(stripes), let slot = Int(exactly: Self.number(bytes[5...])) else {
            throw .foreignCursor()
        }
        self.init(scan: scan, stripe: Int(stripe), slot: slot)
    }

    var cursor: ScanCursor {
        var bytes = [scan.rawValue]
        for shift in stride(from: 24, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: stripe >> shift))
        }
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: slot >> shift))
        }
        return ScanCursor(ByteString(bytes))
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
