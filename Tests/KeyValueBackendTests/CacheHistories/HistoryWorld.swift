import Foundation
import StorageKitTesting
import TestSupport

/// A Redis server, a primary, and processes that read and write through the one and the other, each
/// over a relay of its own.
///
/// All of it is the test's, to be broken. Nothing here goes by time: how long a fault lasts is how
/// much the processes have said meanwhile, for they are to go on whatever happens to the cache.
final class HistoryWorld {
    typealias Event = CacheStaleness.Event

    private let mode: String
    private let primary: String
    private let server: RedisServerProcess
    private let folder: TemporaryFolder
    private var workers: [HistoryWorker] = []
    private var outputs: [String] = []
    /// How many processes stand still.
    private var frozen = 0
    private var generator: SeededGenerator

    /// - Parameters:
    ///   - mode: The mode of the workers: how they use the cache.
    ///   - primary: The address of the primary; `nil` for an SQLite file that they share.
    init(mode: String, primary: String? = nil, seed: UInt64) async throws {
        self.mode = mode
        generator = SeededGenerator(seed: seed)
        server = try await RedisServerProcess.start()
        folder = try TemporaryFolder()
        self.primary = primary ?? folder.file("primary.db")
        let preparation = try run("prepare", output: "prepare")
        let made = try await Waiting.onOwnThread { try preparation.waitForExit() }
        guard made == 0 else { throw TestFailure("no table: \(folder.text(of: "prepare"))") }
        for place in 0..<3 { try start(at: place) }
    }
}

// MARK: Processes

extension HistoryWorld {
    private func run(_ mode: String, port: UInt16? = nil, output: String) throws -> ChildProcess {
        let number = outputs.count
        return try ChildProcess(
            HistoryWorker.program,
            [
                mode, primary, server.url(port: port ?? server.port), "\(number)",
                "\(generator.seed &+ UInt64(number))",
            ], output: folder.file(output))
    }

    private func start(at place: Int) throws {
        let proxy = try TCPProxy(to: server.port)
        let output = "output.\(outputs.count)"
        let child = try run(mode, port: proxy.port, output: output)
        outputs.append(output)
        let worker = HistoryWorker(child: child, proxy: proxy, output: output)
        if place < workers.count { workers[place] = worker } else { workers.append(worker) }
    }

    /// Waits until the processes have written so many more bytes: about 60 for each call.
    ///
    /// A process that stands still may hold the primary's lock, and then the others do too as soon
    /// as all their tasks write. So while one does, it is enough that no more is written.
    func progress(_ bytes: Int) async throws {
        let meter = ProgressMeter(
            outputs: outputs.map(folder.file), processes: workers.map(\.child),
            mayStall: frozen > 0)
        try await Waiting.onOwnThread { try meter.wait(for: bytes) }
    }
}

// MARK: Faults

extension HistoryWorld {
    /// Breaks one or two things at the same time, and lets work go on during that and after it.
    func harm(_ faults: [HistoryFault]) async throws {
        var ends: [() async throws -> Void] = []
        for _ in 0..<Int.random(in: 1...2, using: &generator) {
            guard let fault = faults.randomElement(using: &generator) else { return }
            ends.append(try await begin(fault))
            try await progress(.random(in: 0..<2_000, using: &generator))
        }
        for end in ends.shuffled(using: &generator) { try await end() }
        try await progress(.random(in: 2_000..<20_000, using: &generator))
    }

    /// - Returns: What ends it.
    private func begin(_ fault: HistoryFault) async throws -> () async throws -> Void {
        let place = Int.random(in: workers.indices, using: &generator)
        let worker = workers[place]
        switch fault {
        case .cut:
            let direction = TCPProxy.Direction.allCases.randomElement(using: &generator)
            worker.proxy.cut(
                .resetting, after: .random(in: 0..<1_000, using: &generator),
                direction ?? .fromServer)
            return {}
        case .stop:
            server.stop()
            return { [server] in server.resume() }
        case .restart:
            server.kill()
            return { [server] in try await server.restart() }
        case .freeze:
            worker.child.stop()
            frozen += 1
            return { [self] in
                worker.child.send(SIGCONT)
                frozen -= 1
            }
        case .crash:
            worker.child.kill()
            try start(at: place)
            return {}
        }
    }
}

// MARK: What happened

extension HistoryWorld {
    /// Kills all that runs, and reads what was written.
    func finish() -> RecordedHistory {
        for worker in workers { worker.child.kill() }
        server.kill()
        return RecordedHistory(outputs.map { folder.text(of: $0) })
    }
}
