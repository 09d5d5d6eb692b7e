import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import RelationalBackend

/// The laws of every repository, on a table in a file, in memory, and behind a cache.
@Suite("SQLite keeps the contract of Repository", .nothingLeftOpen)
struct SQLiteConformanceTests {
    static let schema = """
        CREATE TABLE specimen (
            id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, title TEXT NOT NULL, note TEXT,
            weight REAL NOT NULL, count INTEGER NOT NULL, isDone INTEGER NOT NULL
        ) STRICT
        """

    struct Memory: RepositoryHarness {
        func makeSubject() async throws -> SQLiteTable<Specimen> {
            let database = SQLiteDatabase(.memory)
            try await database.execute(script: schema)
            return SQLiteTable("specimen", in: database)
        }
    }

    struct File: RepositoryHarness {
        let folder: TemporaryFolder

        func makeSubject() async throws -> SQLiteTable<Specimen> {
            // What is tested here is not the disk's durability, and a sync for each write is slow.
            let database = SQLiteDatabase(
                .file(folder.file("\(UInt64.random(in: 0 ... .max)).db")),
                configuration: .init(durability: .normal))
            try await database.execute(script: schema)
            return SQLiteTable("specimen", in: database)
        }

        // Closed before its folder goes, or it would leave its log in a folder that is not there.
        func tearDown(_ subject: SQLiteTable<Specimen>) async { await subject.database.close() }
    }

    struct Cached: RepositoryHarness {
        func makeSubject() async throws -> CachedRepository<
            SQLiteTable<Specimen>, InMemoryCache<Int, Specimen>
        > {
            CachedRepository(
                primary: try await Memory().makeSubject(), cache: InMemoryCache(capacity: 100))
        }
    }

    struct Counting: RoundTripCountingHarness {
        func makeSubject() async throws -> SQLiteTable<Specimen> {
            try await Memory().makeSubject()
        }

        func roundTrips(of subject: SQLiteTable<Specimen>) async throws -> Int {
            subject.database.writer.acceptedCalls + (subject.database.readers?.acceptedCalls ?? 0)
        }
    }

    @Test(
        "one round trip for each call", arguments: RepositoryLaws.roundTripCases(for: Counting.self)
    )
    func roundTrips(law: ConformanceCase<Counting>) async {
        let verdict = await ConformanceRunner(harness: Counting(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("in memory", arguments: RepositoryLaws.cases(for: Memory.self))
    func memory(law: ConformanceCase<Memory>) async {
        let verdict = await ConformanceRunner(harness: Memory(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("in a file", arguments: RepositoryLaws.cases(for: File.self))
    func file(law: ConformanceCase<File>) async throws {
        let harness = File(folder: try TemporaryFolder())
        let verdict = await ConformanceRunner(harness: harness, seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("behind a cache", arguments: RepositoryLaws.cases(for: Cached.self))
    func cached(law: ConformanceCase<Cached>) async {
        let verdict = await ConformanceRunner(harness: Cached(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }
}
