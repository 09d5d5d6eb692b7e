import StorageKit

/// What a broken store and its connections have in common: how they ask what they wrap.
struct BrokenQuestions<Base: RelationalQuerying>: Sendable {
    let base: Base
    let defect: RelationalDefect

    func execute(_ sql: SQL) async throws(StorageError) -> BrokenChanges {
        do throws(StorageError) {
            return BrokenChanges(rowCount: counted(try await rowCount(of: sent(sql))))
        } catch {
            if defect == .callsItTimedOut, error.code == .resourceExhausted {
                throw error.changed { $0.code = .timedOut }
            }
            if defect == .callsSyntaxAViolation, error.code == .invalidStatement {
                throw error.changed { $0.code = .constraintViolation }
            }
            if defect == .swallowsViolations, error.code == .constraintViolation {
                return BrokenChanges(rowCount: 1)
            }
            throw told(error, sql)
        }
    }

    /// The statement as it reaches the database.
    func sent(_ sql: SQL) -> SQL { defect.sent(sql, base.dialect) }

    private func rowCount(of sql: SQL) async throws(StorageError) -> Int {
        guard defect == .ignoresCancellation, Task.isCancelled else {
            return try await base.execute(sql).rowCount
        }
        let outcome = await Task { [base] in
            await Result { () async throws(StorageError) in try await base.execute(sql).rowCount }
        }.value
        return try outcome.get()
    }

    private func counted(_ count: Int) -> Int {
        switch defect {
        case .countsNoRows: 0
        case .countsOneRow: max(count, 1)
        default: count
        }
    }

    func limited<Row>(
        _ limit: Int, _ ask: (Int) async throws(StorageError) -> [Row]
    ) async throws(StorageError) -> [Row] {
        guard defect == .cutsOffAtLimit else { return try await ask(limit) }
        return Array(try await ask(10_000).prefix(limit))
    }

    func first<Row>(
        _ all: () async throws(StorageError) -> [Row],
        or first: () async throws(StorageError) -> Row?
    ) async throws(StorageError) -> Row? {
        do throws(StorageError) {
            return defect == .firstIsLast ? try await all().last : try await first()
        } catch {
            if defect == .takesCancelledForNone, error.code == .cancelled { return nil }
            if defect == .takesUnreadableForZero, error.code == .decodingFailed,
                let zero = 0 as? Row
            {
                return zero
            }
            throw error
        }
    }

    func rows<Row>(_ sound: RelationalRows<Row>) -> RelationalRows<Row> {
        switch defect {
        case .skipsFirstOfSequence, .remembersSequence, .endsRowsAtError:
            let memory = BrokenRowMemory<Row>()
            return RelationalRows { BrokenRowSource(sound, defect, memory) }
        default: return sound
        }
    }

    private func told(_ error: StorageError, _ sql: SQL) -> StorageError {
        if defect == .keepsColumnsSecret { return error.changed { $0.constraint = nil } }
        guard defect == .tellsValues, let rendered = try? sql.rendered(for: base.dialect) else {
            return error
        }
        return error.changed { $0.message += " \(rendered.parameters)" }
    }
}

extension Result {
    /// The outcome of an asynchronous body.
    fileprivate init(_ body: () async throws(Failure) -> Success) async {
        do throws(Failure) { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
