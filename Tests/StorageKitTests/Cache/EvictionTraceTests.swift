import Foundation
import Testing

/// Hit ratios of the eviction policy on traces of others, next to what other policies have there;
/// `docs/performance.md` has the table.
@Suite("Eviction on traces", .timeLimit(.minutes(5)))
struct EvictionTraceTests {
    struct Expectation: CustomStringConvertible, Sendable {
        let trace: String
        let entries: Int
        /// What LRU has, in per cent of the requests.
        let leastRecentlyUsed: Double
        /// What SIEVE has, which was in use before.
        let sieve: Double

        var description: String { "\(trace) at \(entries)" }
    }

    static let expectations = [
        Expectation(trace: "oltp", entries: 1000, leastRecentlyUsed: 32.83, sieve: 32.56),
        Expectation(trace: "oltp", entries: 5000, leastRecentlyUsed: 53.65, sieve: 51.89),
        Expectation(trace: "orm-busy", entries: 2000, leastRecentlyUsed: 81.39, sieve: 80.41),
    ]

    @Test(
        "has more hits than LRU and than SIEVE",
        .enabled(
            if: AccessTrace.exist, "DATA ABSENT: the traces, expected in ../shared/data/traces"),
        arguments: expectations)
    func traces(expected: Expectation) throws {
        let requests = try AccessTrace.requests(of: expected.trace)
        var cache = PolicyCache(capacity: expected.entries)
        let hits = requests.count { cache.request(Int($0)) }
        let ratio = 100 * Double(hits) / Double(requests.count)
        print("\(expected): \(ratio) % hits")
        #expect(ratio > expected.leastRecentlyUsed + 0.5)
        #expect(ratio > expected.sieve + 1)
    }
}

/// Requests that somebody recorded, one number for each key.
enum AccessTrace {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/data/traces").standardized

    static var exist: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "README.md").path)
    }

    static func requests(of name: String) throws -> [UInt32] {
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/bin/gzip")
        gzip.arguments = ["-dc", folder.appending(path: "\(name).u32le.gz").path]
        let output = Pipe()
        gzip.standardOutput = output
        try gzip.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        gzip.waitUntilExit()
        return bytes.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 4).map {
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
            }
        }
    }
}
