internal import CLibPQ
internal import StorageKit

/// What came from the server, in the order in which it was asked for.
enum PostgresEvent: Sendable {
    /// Nothing more is here; read again when the socket is readable.
    case needsInput
    /// The rows that were taken fill the block.
    case blockIsFull
    /// The statement is done.
    case finished(CommandTag)
    /// The statement would have parameters of these types.
    case described([PostgresType])
    /// The statement failed.
    case failed(PostgresServerError)
    /// It was not done, as something before it failed.
    case skipped
    /// Whatever belongs to the statement has come.
    case ended
    /// Everything up to the sync is over.
    case synced
    /// The server takes rows of COPY, or sends them.
    case copying(takesRows: Bool)
}

extension PostgresHandle {
    /// Reads what is there.
    ///
    /// - Returns: Whether the connection is still good.
    func consumeInput() -> Bool { PQconsumeInput(pointer) == 1 }

    /// Asks for the rows of the statement whose turn it is one by one, before any has come.
    func beginRows() { _ = PQsetSingleRowMode(pointer) }

    /// The next thing that came; rows are put into the block meanwhile, or dropped without one.
    func next(into block: RowBlock?) -> PostgresEvent {
        while true {
            if PQisBusy(pointer) == 1 { return .needsInput }
            guard let result = PQgetResult(pointer) else { return .ended }
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_SINGLE_TUPLE else { return event(result, block) }
            guard let block else { continue }
            take(result, into: block)
            if block.isFull { return .blockIsFull }
        }
    }

    private func event(_ result: OpaquePointer, _ block: RowBlock?) -> PostgresEvent {
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK:
            if let block, block.shape == nil { block.shape = RowShape(result) }
            return .finished(CommandTag(result))
        case PGRES_COMMAND_OK where PQnparams(result) > 0:
            return .described((0..<PQnparams(result)).map { .init(oid: PQparamtype(result, $0)) })
        case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: return .finished(CommandTag(result))
        case PGRES_PIPELINE_SYNC: return .synced
        case PGRES_PIPELINE_ABORTED: return .skipped
        case PGRES_COPY_IN: return .copying(takesRows: true)
        case PGRES_COPY_OUT, PGRES_COPY_BOTH: return .copying(takesRows: false)
        default: return .failed(PostgresServerError(result))
        }
    }

    private func take(_ result: OpaquePointer, into block: RowBlock) {
        if block.shape == nil { block.shape = RowShape(result) }
        let columns = PQnfields(result)
        for column in 0..<columns {
            let length = PQgetlength(result, 0, column)
            if length == 0, PQgetisnull(result, 0, column) == 1 {
                block.appendNull()
            } else {
                block.append(PQgetvalue(result, 0, column), count: Int(length))
            }
        }
        block.endRow()
    }
}

extension RowShape {
    fileprivate convenience init(_ result: OpaquePointer) {
        self.init(
            (0..<PQnfields(result)).map { column in
                Column(
                    name: PQfname(result, column).map { String(cString: $0) } ?? "",
                    type: PostgresType(oid: PQftype(result, column)))
            })
    }
}

extension CommandTag {
    fileprivate init(_ result: OpaquePointer) {
        text = PQcmdStatus(result).map { String(cString: $0) } ?? ""
    }
}

extension PostgresServerError {
    fileprivate init(_ result: OpaquePointer) {
        func field(_ code: UnicodeScalar) -> String? {
            PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
        }
        // The letters are those of the protocol's error fields: PG_DIAG_… in postgres_ext.h.
        self.init(
            state: field("C") ?? "",
            message: field("M") ?? String(cString: PQresultErrorMessage(result)),
            detail: field("D"), hint: field("H"), schema: field("s"), table: field("t"),
            column: field("c"), dataType: field("d"), constraint: field("n"),
            position: field("P").flatMap { Int($0) }, context: field("W"), routine: field("R"))
    }
}
