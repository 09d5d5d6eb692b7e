internal import CLibPQ
internal import StorageKit

/// What is put on its way; nothing here waits. Each gives whether libpq took it: what it does not
/// take, for want of memory or of a connection, breaks the link.
extension PostgresHandle {
    /// A statement without parameters and without a name.
    func send(command text: String) -> Bool {
        PQsendQueryParams(pointer, text, 0, nil, nil, nil, nil, 1) == 1
    }

    /// A statement with its parameters, without a name.
    func send(_ statement: PostgresStatement) -> Bool {
        statement.parameters.withC { count, types, values, lengths, formats in
            PQsendQueryParams(
                pointer, statement.text, count, types, values, lengths, formats, 1) == 1
        }
    }

    /// The preparation of a statement under a name.
    func send(preparationOf statement: PostgresStatement, as name: String) -> Bool {
        let types = statement.parameters.types
        return PQsendPrepare(pointer, name, statement.text, Int32(types.count), types) == 1
    }

    /// The question what types the parameters of a statement have.
    func send(descriptionOf text: String) -> Bool {
        PQsendPrepare(pointer, "", text, 0, nil) == 1 && PQsendDescribePrepared(pointer, "") == 1
    }

    /// The run of a statement that was prepared.
    func send(_ parameters: PostgresParameters, toPrepared name: String) -> Bool {
        parameters.withC { count, _, values, lengths, formats in
            PQsendQueryPrepared(pointer, name, count, values, lengths, formats, 1) == 1
        }
    }

    /// The end of what belongs together: the server answers it when all before it is done, and
    /// goes on after it whatever has failed before.
    ///
    /// What libpq holds is sent.
    func sendSync() -> Bool { PQpipelineSync(pointer) == 1 }

    /// Sends what libpq holds.
    ///
    /// - Returns: Whether everything is sent; `nil` when the connection is broken.
    func flush() -> Bool? {
        switch PQflush(pointer) {
        case 0: true
        case 1: false
        default: nil
        }
    }
}

extension PostgresParameters {
    /// The parameters as libpq wants them.
    fileprivate func withC(
        _ body: (
            Int32, UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?,
            UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Bool
    ) -> Bool {
        guard !types.isEmpty else { return body(0, nil, nil, nil, nil) }
        return bytes.withUnsafeBytes { bytes in
            withTemporary(UnsafePointer<CChar>?.self) { values in
                withTemporary(Int32.self) { lengths in
                    withTemporary(Int32.self) { formats in
                        for (index, slot) in slots.enumerated() {
                            let start =
                                slot.offset < 0
                                ? nil
                                : bytes.baseAddress?.advanced(
                                    by: slot.offset)
                            values[index] = start?.assumingMemoryBound(to: CChar.self)
                            lengths[index] = slot.length
                            formats[index] = slot.format
                        }
                        return body(Int32(count), types, values, lengths, formats)
                    }
                }
            }
        }
    }

    /// Room for a number or an address for each parameter.
    private func withTemporary<Element: BitwiseCopyable>(
        _ type: Element.Type, _ body: (UnsafeMutablePointer<Element>) -> Bool
    ) -> Bool {
        withUnsafeTemporaryAllocation(of: type, capacity: count) { buffer in
            guard let start = buffer.baseAddress else { return false }
            return body(start)
        }
    }
}
