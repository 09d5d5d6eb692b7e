internal import CLibPQ
internal import StorageKit

/// COPY, for which libpq has to be out of pipeline mode.
extension PostgresHandle {
    /// Leaves pipeline mode; nothing may be under way.
    func exitPipeline() -> Bool { PQexitPipelineMode(pointer) == 1 }

    /// Goes back to pipeline mode; nothing may be under way.
    func enterPipeline() -> Bool { PQenterPipelineMode(pointer) == 1 }

    /// Takes bytes of rows, and sends what the socket takes.
    func put(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        return PQputCopyData(pointer, start, Int32(bytes.count)) == 1
    }

    /// Says that there are no more rows.
    ///
    /// - Parameter failure: Why the server is to refuse them all.
    func endRows(_ failure: String?) -> Bool { PQputCopyEnd(pointer, failure) == 1 }

    /// The rows that have come, each as one value of the block, or dropped without one; `ended`
    /// when the statement's result is next.
    func nextCopied(into block: RowBlock?) -> PostgresEvent {
        while true {
            var row: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(pointer, &row, 1)
            guard length != 0 else { return .needsInput }
            // Below 0 it is over, or the connection is, which the result says.
            guard length > 0, let row else { return .ended }
            defer { PQfreemem(row) }
            guard let block else { continue }
            block.append(row, count: Int(length))
            block.endRow()
            if block.isFull { return .blockIsFull }
        }
    }

    /// What the server says of one of its settings, of those that it reports.
    func setting(_ name: String) -> String? {
        PQparameterStatus(pointer, name).map { String(cString: $0) }
    }
}
