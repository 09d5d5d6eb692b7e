/// A sequence on its way into a bulk insert: rows by the batch, and none before it is asked for.
// @unchecked Sendable: a backend asks for one batch at a time (``BulkInsertQuerying``), from
// whichever thread its connection is served on.
final class BulkSource<Element>: @unchecked Sendable {
    /// A batch ends with so many rows, or with the row that reaches so many bytes.
    static var maximumRows: Int { 256 }
    static var maximumBytes: Int { 256 << 10 }

    private let pull: () async throws -> Element?

    /// Reads a sequence that has its elements at hand.
    init<Iterator: IteratorProtocol>(_ iterator: Iterator) where Iterator.Element == Element {
        var iterator = iterator
        pull = { iterator.next() }
    }

    /// Reads a sequence that is waited for.
    init<Iterator: AsyncIteratorProtocol>(awaiting iterator: Iterator)
    where Iterator.Element == Element {
        // nonisolated(unsafe): as above, one call at a time.
        nonisolated(unsafe) var iterator = iterator
        pull = { try await iterator.next() }
    }

    /// The next element.
    func next() async throws -> Element? { try await pull() }

    /// The next rows; none at the end.
    func batch(_ encode: (Element) throws -> [SQLValue]) async throws -> [[SQLValue]] {
        var (rows, bytes) = ([[SQLValue]](), 0)
        while rows.count < Self.maximumRows, bytes < Self.maximumBytes {
            guard let element = try await pull() else { break }
            let row = try encode(element)
            bytes += row.reduce(0) { $0 + $1.variableBytes }
            rows.append(row)
        }
        return rows
    }
}

extension SQLValue {
    /// How much memory it takes beside itself, where that may be much.
    fileprivate var variableBytes: Int {
        switch self {
        case .text(let text), .json(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        default: 0
        }
    }
}
