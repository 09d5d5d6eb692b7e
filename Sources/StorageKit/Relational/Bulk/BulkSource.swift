/// A sequence on its way into a bulk insert: rows by the batch, and none before it is asked for.
///
/// It is inlinable, as are the calls that make one: what a row costs is then compiled in the user's
/// module for the user's sequence and the user's types.
// @unchecked Sendable: a backend asks for one batch at a time (``BulkInsertQuerying``), from
// whichever thread its connection is served on.
@usableFromInline
final class BulkSource<Element>: @unchecked Sendable {
    /// A batch ends with so many rows, or with the row that reaches so many bytes.
    @inlinable static var maximumRows: Int { 256 }
    @inlinable static var maximumBytes: Int { 256 << 10 }

    @usableFromInline let pull: () async throws -> Element?

    /// Reads a sequence that has its elements at hand.
    @inlinable
    init<Iterator: IteratorProtocol>(_ iterator: Iterator) where Iterator.Element == Element {
        var iterator = iterator
        pull = { iterator.next() }
    }

    /// Reads a sequence that is waited for.
    @inlinable
    init<Iterator: AsyncIteratorProtocol>(awaiting iterator: Iterator)
    where Iterator.Element == Element {
        // nonisolated(unsafe): as above, one call at a time.
        nonisolated(unsafe) var iterator = iterator
        pull = { try await iterator.next() }
    }

    /// The next element.
    @inlinable
    func next() async throws -> Element? { try await pull() }

    /// The next rows; none at the end.
    @inlinable
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
    @usableFromInline var variableBytes: Int {
        switch self {
        case .text(let text), .json(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        default: 0
        }
    }
}
