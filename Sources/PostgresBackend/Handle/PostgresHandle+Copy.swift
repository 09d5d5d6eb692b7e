internal import CLibPQ
#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
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

    /// Whether there is an error in what the server has sent and nobody has read yet.
    ///
    /// libpq keeps an error of the server's to itself as long as rows may be given. So the socket
    /// is looked into before libpq reads it: messages of a letter, a length and as many bytes,
    /// notices in front of an error. Where the bytes are encrypted nothing is seen.
    var announcesError: Bool {
        guard PQsslInUse(pointer) == 0, PQgssEncInUse(pointer) == 0 else { return false }
        return withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 8) { buffer in
            let count = recv(
                descriptor, buffer.baseAddress, buffer.count, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
            return Self.holdsError(UnsafeRawBufferPointer(rebasing: buffer.prefix(max(0, count))))
        }
    }

    private static func holdsError(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var start = 0
        while start + 6 <= bytes.count {
            let length = UInt32(
                bigEndian: bytes.loadUnaligned(fromByteOffset: start + 1, as: UInt32.self))
            switch UnicodeScalar(bytes[start]) {
            // Its first field is always the severity.
            case "E": return bytes[start + 5] == UInt8(ascii: "S") && length < 1 << 16
            case "N", "A", "S": start += 1 + Int(length)
            // What libpq has read ended within a message.
            default: return false
            }
        }
        return false
    }

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
