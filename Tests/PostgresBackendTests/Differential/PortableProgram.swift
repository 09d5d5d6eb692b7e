import StorageKit
import StorageKitTesting

/// A random program of statements and nested transactions, and the transcript of its run.
///
/// A statement that fails ends the transaction around it, which is what both databases can do; the
/// one outside goes on.
struct PortableProgram: Sendable {
    indirect enum Step: Sendable {
        case statement(PortableStatement)
        case transaction([Step])
        case abandon
    }

    struct Abandoned: Error {}

    let steps: [Step]

    init(seed: UInt64, length: Int) {
        var random = SeededGenerator(seed: seed)
        steps = (0..<length).map { _ in Self.step(depth: 0, &random) }
    }

    private static func step(depth: Int, _ random: inout SeededGenerator) -> Step {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<3 where depth < 3:
            let count = Int.random(in: 0...5, using: &random)
            return .transaction((0..<count).map { _ in step(depth: depth + 1, &random) })
        case 3 where depth > 0: return .abandon
        default: return .statement(.random(&random))
        }
    }

    /// Runs it on a store that has the tables, and says what came of every step.
    func transcript(on store: some RelationalStore) async throws -> [String] {
        var lines: [String] = []
        for step in steps + [.statement(.all)] {
            switch step {
            case .statement(let statement): lines.append(await line(statement, on: store).text)
            case .transaction(let steps):
                lines.append("begin")
                lines += await transaction {
                    try await store.withTransaction { transaction in
                        try await run(steps, on: transaction)
                    }
                }
            case .abandon: break
            }
        }
        return lines
    }

    private func run(
        _ steps: [Step], on connection: some RelationalConnection
    ) async throws -> [String] {
        var lines: [String] = []
        for step in steps {
            switch step {
            case .statement(let statement):
                let line = await line(statement, on: connection)
                lines.append(line.text)
                if let error = line.error { throw Failed(lines: lines, error: error) }
            case .transaction(let inner):
                lines.append("begin")
                lines += await transaction {
                    try await connection.withTransaction { try await run(inner, on: $0) }
                }
            case .abandon: throw Failed(lines: lines, error: Abandoned())
            }
        }
        return lines
    }

    /// What was seen before a transaction was undone.
    private struct Failed: Error {
        let lines: [String]
        let error: any Error & Sendable
    }

    private func transaction(_ body: () async throws -> [String]) async -> [String] {
        do {
            return try await body() + ["commit"]
        } catch let failed as Failed {
            return failed.lines + ["rollback"]
        } catch {
            return ["rollback by \(Self.text(error))"]
        }
    }

    private func line(
        _ statement: PortableStatement, on queries: some RelationalQuerying
    ) async -> (text: String, error: StorageError?) {
        do throws(StorageError) {
            return (try await outcome(of: statement, on: queries), nil)
        } catch {
            return (Self.text(error), error)
        }
    }

    private func outcome(
        of statement: PortableStatement, on queries: some RelationalQuerying
    ) async throws(StorageError) -> String {
        switch statement.kind {
        case .change: return "changed \(try await queries.execute(statement.sql).rowCount)"
        case .rows: return "rows \(try await rows(statement, queries))"
        case .returning: return "rows \(try await rows(statement, queries).sorted())"
        }
    }

    private func rows(
        _ statement: PortableStatement, _ queries: some RelationalQuerying
    ) async throws(StorageError) -> [String] {
        try await queries.query(
            statement.sql, as: (Int?, Int?, String?).self, limit: 1000
        ).map { "\($0.0 ?? -99) \($0.1 ?? -99) \($0.2 ?? "NULL")" }
    }

    /// The kind of an error and of the rule that was broken, without the words of its database.
    private static func text(_ error: any Error) -> String {
        guard let error = error as? StorageError else { return "\(error)" }
        let rule = error.constraint.map { " \($0.kind)" } ?? ""
        return "\(error.code)\(rule)\(error.mayHaveBeenApplied ? " perhaps" : "")"
    }
}
