internal import StorageKit

/// One COPY of rows to a table, from its beginning to its end.
struct PostgresCopyIn: Sendable {
    private let connection: PostgresHeldConnection
    private let exchange: PostgresExchange

    /// So much is written before it is given to libpq, and no more at once.
    private static let chunkSize = 64 << 10

    private var link: PostgresLink { connection.hold.link }

    /// - Parameters:
    ///   - text: The COPY.
    ///   - connection: A transaction.
    init(_ text: String, on connection: PostgresHeldConnection) {
        self.connection = connection
        exchange = PostgresExchange(
            [.init(work: .copy(text))], standsAlone: false, isShared: false)
    }

    /// Copies rows until there are none.
    ///
    /// - Returns: How many there were.
    func run(
        _ encoder: consuming CopyEncoder, _ nextBatch: () async throws -> [[SQLValue]]
    ) async throws -> Int {
        var encoder = encoder
        return try await withTaskCancellationHandler {
            connection.hold.submit(exchange, connection.serial)
            do {
                return try await copy(&encoder, nextBatch)
            } catch {
                // Nothing of it stays. The connection is free when the server has said so.
                link.endRows(of: exchange, "the source of the rows failed")
                while case .more = await link.turn(of: exchange) {}
                throw error
            }
        } onCancel: {
            link.giveUp(exchange)
        }
    }

    private func copy(
        _ encoder: inout CopyEncoder, _ nextBatch: () async throws -> [[SQLValue]]
    ) async throws -> Int {
        var isOpen = try await takesMore()
        while isOpen {
            let batch = try await nextBatch()
            // A source that is cancelled may say that it is at its end.
            if Task.isCancelled { throw StorageError.cancelled() }
            for row in batch where isOpen {
                try encoder.append(row)
                if encoder.bytes.count >= Self.chunkSize { isOpen = try await send(&encoder) }
            }
            if batch.isEmpty { break }
            // It may have been refused meanwhile, and a source may be slow, or without an end.
            isOpen = try await takesMore()
        }
        encoder.end()
        if try await send(&encoder) { link.endRows(of: exchange) }
        // It takes no more now, so this is the end.
        _ = try await takesMore()
        return encoder.rowCount
    }

    /// Sends what was written.
    ///
    /// - Returns: Whether the server takes more.
    private func send(_ encoder: inout CopyEncoder) async throws(StorageError) -> Bool {
        var (start, isOpen) = (0, true)
        while isOpen, start < encoder.bytes.count {
            let end = min(start + Self.chunkSize, encoder.bytes.count)
            encoder.bytes[start..<end].withUnsafeBytes { link.put($0, of: exchange) }
            isOpen = try await takesMore()
            start = end
        }
        // As long as the socket takes everything nothing is awaited: others want the thread too.
        await Task.yield()
        encoder.clear()
        return isOpen
    }

    /// Waits until the COPY takes more, or is over.
    private func takesMore() async throws(StorageError) -> Bool {
        switch await link.turn(of: exchange) {
        case .more: return true
        case .over(let reply):
            _ = try reply.result(of: exchange, at: 0, mayBeApplied: false)
            return false
        }
    }
}
