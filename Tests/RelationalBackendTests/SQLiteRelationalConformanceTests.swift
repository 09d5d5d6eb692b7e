import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import RelationalBackend

/// The laws of the relational family, on a file and in memory.
@Suite("SQLite keeps the contract of relational stores", .nothingLeftOpen)
struct SQLiteRelationalConformanceTests {
    struct Memory: BoundedRelationalHarness {
        var boundedWriters: Int { 1 }

        func makeSubject(patience: Duration) async throws -> SQLiteDatabase {
            SQLiteDatabase(.memory, configuration: .init(connectionTimeout: patience))
        }

        func makeSubject() async throws -> SQLiteDatabase { SQLiteDatabase(.memory) }

        func columnType(_ kind: SQLType) -> SQL { sqliteColumnType(kind) }

        func tearDown(_ subject: SQLiteDatabase) async { await subject.close() }
    }

    struct File: RelationalHarness {
        let folder: TemporaryFolder

        func makeSubject() async throws -> SQLiteDatabase {
            SQLiteDatabase(
                .file(folder.file("\(UInt64.random(in: 0 ... .max)).db")),
                configuration: .init(durability: .normal))
        }

        func columnType(_ kind: SQLType) -> SQL { sqliteColumnType(kind) }

        func tearDown(_ subject: SQLiteDatabase) async { await subject.close() }
    }

    @Test("tables, in memory", arguments: RelationalLaws.tableCases(for: Memory.self))
    func tables(law: ConformanceCase<Memory>) async {
        let verdict = await ConformanceRunner(harness: Memory(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("tables, in a file", arguments: RelationalLaws.tableCases(for: File.self))
    func tablesInFile(law: ConformanceCase<File>) async throws {
        let harness = File(folder: try TemporaryFolder())
        let verdict = await ConformanceRunner(harness: harness, seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("rows in bulk, in memory", arguments: RelationalLaws.bulkInsertCases(for: Memory.self))
    func bulk(law: ConformanceCase<Memory>) async {
        let verdict = await ConformanceRunner(harness: Memory(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("rows in bulk, in a file", arguments: RelationalLaws.bulkInsertCases(for: File.self))
    func bulkInFile(law: ConformanceCase<File>) async throws {
        let harness = File(folder: try TemporaryFolder())
        let verdict = await ConformanceRunner(harness: harness, seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("upserts, in memory", arguments: RelationalLaws.upsertCases(for: Memory.self))
    func upserts(law: ConformanceCase<Memory>) async {
        let verdict = await ConformanceRunner(harness: Memory(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("upserts, in a file", arguments: RelationalLaws.upsertCases(for: File.self))
    func upsertsInFile(law: ConformanceCase<File>) async throws {
        let harness = File(folder: try TemporaryFolder())
        let verdict = await ConformanceRunner(harness: harness, seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("rows of changes, in memory", arguments: RelationalLaws.returningCases(for: Memory.self))
    func returning(law: ConformanceCase<Memory>) async {
        let verdict = await ConformanceRunner(harness: Memory(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("rows of changes, in a file", arguments: RelationalLaws.returningCases(for: File.self))
    func returningInFile(law: ConformanceCase<File>) async throws {
        let harness = File(folder: try TemporaryFolder())
        let verdict = await ConformanceRunner(harness: harness, seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("when connections run out", arguments: RelationalLaws.boundCases(for: Memory.self))
    func bounds(law: ConformanceCase<Memory>) async {
        let verdict = await ConformanceRunner(harness: Memory(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("in memory", arguments: RelationalLaws.cases(for: Memory.self))
    func memory(law: ConformanceCase<Memory>) async {
        let verdict = await ConformanceRunner(harness: Memory(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("in a file", arguments: RelationalLaws.cases(for: File.self))
    func file(law: ConformanceCase<File>) async throws {
        let harness = File(folder: try TemporaryFolder())
        let verdict = await ConformanceRunner(harness: harness, seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test(
        "a table is a repository like any other",
        arguments: RepositoryLaws.cases(for: TableHarness<Memory>.self))
    func table(law: ConformanceCase<TableHarness<Memory>>) async {
        let runner = ConformanceRunner(harness: TableHarness(Memory()), seed: testSeed)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("every broken store is caught by the law meant for it, and every law catches one")
    func gallery() async {
        typealias Broken = BrokenRelationalHarness<Memory>
        let report = await RelationalLaws.killReport(
            harness: Memory(),
            further: RelationalLaws.tableCases(for: Broken.self)
                + RelationalLaws.bulkInsertCases(for: Broken.self)
                + RelationalLaws.boundCases(for: Broken.self)
                + RelationalLaws.upsertCases(for: Broken.self)
                + RelationalLaws.returningCases(for: Broken.self),
            seed: testSeed)
        print(report)
        #expect(report.flaws == [])
    }
}

/// A name that SQLite takes for what the value is kept as: it would make a number of a `NUMERIC`.
func sqliteColumnType(_ kind: SQLType) -> SQL {
    switch kind {
    case .boolean, .integer: "INTEGER"
    case .real: "REAL"
    case .bytes: "BLOB"
    case .text, .date, .uuid, .decimal, .json: "TEXT"
    }
}
