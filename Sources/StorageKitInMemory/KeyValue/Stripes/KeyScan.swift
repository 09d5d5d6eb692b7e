internal import StorageKit

/// One page of a scan over the keys of all stripes, filled stripe by stripe.
struct KeyScan: Sendable {
    private let prefix: ByteString
    private var budget: Int
    private var found: [ByteString] = []

    /// Where to look next, or `nil` when every stripe has been visited.
    private(set) var position: ScanPosition?

    /// - Throws: ``StorageError/Code/invalidArgument`` for a cursor that is not one of this store.
    init(
        prefix: ByteString, after cursor: ScanCursor?, limit: Int, stripes: Int
    ) throws(StorageError) {
        self.prefix = prefix
        budget = limit
        position = try ScanPosition(cursor, of: .keys, stripes: stripes)
    }

    /// The stripe to look at next, or `nil` when the page is full.
    var stripe: Int? { budget > 0 ? position?.stripe : nil }

    var page: ScanPage<ByteString> { ScanPage(elements: found, next: position?.cursor) }

    /// Looks at that stripe, of so many.
    mutating func visit(_ stripe: KeyValueStripe, of count: Int, at time: inout OperationTime) {
        guard let start = position else { return }
        var found: [ByteString] = []
        let now = stripe.deadlines > 0 ? time.now : nil
        let (visited, next) = stripe.entries.visit(from: start.slot, limit: budget) { key, entry in
            guard key.hasPrefix(prefix), now.map(entry.exists) ?? true else { return }
            found.append(key)
        }
        self.found += found
        // A page that met many free slots ends as well.
        budget = next == nil ? budget - visited : 0
        if let next {
            position?.slot = next
        } else if start.stripe + 1 < count {
            position = ScanPosition(scan: .keys, stripe: start.stripe + 1, slot: 0)
        } else {
            position = nil
        }
    }
}
