import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

/// Histories of overlapping calls under faults must be linearizable.
///
/// A call whose error says that it may have been applied is kept in the history with an end that
/// never comes and an answer that agrees with everything: if it was not applied it takes its place
/// behind all others, where nobody sees it. One whose error says that it was not applied is left
/// out. So an error that says `false` for what did happen breaks the history.
@Suite(
    "Histories under faults", .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .timeLimit(.minutes(5)))
struct RedisHistoryTests {
    enum Operation: Sendable, CaseIterable {
        case read, write, compareAndSet, exchange, increment
    }

    struct Call: Sendable {
        var operation: Operation
        var key: ByteString
        var new: ByteString = ""
        var old: ByteString?
    }

    enum Answer: Sendable, Equatable {
        case done
        case value(ByteString?)
        case flag(Bool)
        case number(Int64)
        /// Failed, and may have been applied.
        case inDoubt
        /// Failed, and was not applied.
        case refused

        static func == (left: Answer, right: Answer) -> Bool {
            switch (left, right) {
            case (.inDoubt, _), (_, .inDoubt), (.done, .done), (.refused, .refused): true
            case (.value(let left), .value(let right)): left == right
            case (.flag(let left), .flag(let right)): left == right
            case (.number(let left), .number(let right)): left == right
            default: false
            }
        }
    }

    typealias Recorder = HistoryRecorder<Call, Answer>

    @Test("are linearizable", arguments: ["cut", "kill", "stop"])
    func histories(fault: String) async throws {
        var generator = SeededGenerator(seed: testSeed)
        // Repeating a write would let it happen at two moments.
        let world = try await FaultWorld(
            configuration: .patient.with {
                $0.repeats = .reads
                if fault == "stop" { $0.operationTimeout = .milliseconds(10) }
            })
        defer { world.keep() }
        var inDoubt = 0
        for number in 0..<(fault == "stop" ? 30 : 200) {
            let recorder = Recorder()
            let scripts = (0..<4).map { Self.script($0, number, &generator) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for script in scripts {
                    group.addTask {
                        for call in script {
                            try await recorder.record(call) {
                                try await Self.make(call, world.store)
                            }
                        }
                    }
                }
                try await Self.harm(fault, world, &generator)
                try await group.waitForAll()
            }
            world.proxy.pass()
            world.server.resume()
            for key in Self.keys(number) {
                let call = Call(operation: .read, key: key)
                try await recorder.record(call) {
                    try await Self.make(call, world.store.timeout(.seconds(30)))
                }
            }
            inDoubt += recorder.events.count { isInDoubt($0.answer) }
            for key in Self.keys(number) { Self.check(recorder.events, key, generator.seed) }
        }
        #expect(inDoubt > 0)
    }

    private static func keys(_ number: Int) -> [ByteString] {
        [ByteString("register:\(number)"), ByteString("counter:\(number)")]
    }

    private static func script(
        _ task: Int, _ number: Int, _ generator: inout SeededGenerator
    ) -> [Call] {
        var last: ByteString?
        return (0..<8).map { place in
            let operation = Operation.allCases.randomElement(using: &generator) ?? .read
            let isCounter =
                operation == .increment || operation == .read && Bool.random(using: &generator)
            let value = ByteString("\(task).\(place)")
            defer { if !isCounter, operation != .read { last = value } }
            return Call(
                operation: operation, key: keys(number)[isCounter ? 1 : 0], new: value, old: last)
        }
    }

    private static func make(_ call: Call, _ store: RedisStore) async throws -> Answer {
        do throws(StorageError) {
            switch call.operation {
            case .read: return .value(try await store.get(call.key))
            case .write:
                try await store.set(call.key, to: call.new)
                return .done
            case .compareAndSet:
                return .flag(
                    try await store.compareAndSet(call.key, from: call.old ?? "", to: call.new))
            case .exchange: return .value(try await store.exchange(call.key, with: call.new))
            case .increment: return .number(try await store.increment(call.key))
            }
        } catch {
            guard [.unavailable, .timedOut].contains(error.code) else { throw error }
            return error.mayHaveBeenApplied ? .inDoubt : .refused
        }
    }

    private static func harm(
        _ fault: String, _ world: FaultWorld, _ generator: inout SeededGenerator
    ) async throws {
        switch fault {
        case "cut":
            let direction = TCPProxy.Direction.allCases.randomElement(using: &generator)
            world.proxy.cut(
                .resetting, after: .random(in: 0..<400, using: &generator), direction ?? .fromServer
            )
        case "kill": try world.server.command("CLIENT", "KILL", "TYPE", "normal")
        default:
            world.server.stop()
            // Its end is the time for others to come to theirs.
            _ = try? await world.store.timeout(.milliseconds(20)).ping()
            world.server.resume()
        }
    }

    private func isInDoubt(_ answer: Answer) -> Bool {
        if case .inDoubt = answer { true } else { false }
    }

    private static func check(_ events: [Recorder.Event], _ key: ByteString, _ seed: UInt64) {
        let history = events.filter { $0.operation.key == key }.compactMap { event in
            var event = event
            switch event.answer {
            case .refused: return nil as Recorder.Event?
            case .inDoubt: event.end = .max
            default: break
            }
            return event
        }
        let holds = Linearizability.holds(history, from: ByteString?.none, apply: apply)
        let text = history.map(\.description).joined(separator: "\n")
        #expect(holds, "seed \(seed)\n\(text)")
    }

    private static func apply(_ state: inout ByteString?, _ call: Call) -> Answer {
        switch call.operation {
        case .read: return .value(state)
        case .write:
            state = call.new
            return .done
        case .compareAndSet:
            guard let old = call.old, state == old else { return .flag(false) }
            state = call.new
            return .flag(true)
        case .exchange:
            defer { state = call.new }
            return .value(state)
        case .increment:
            let sum = (state?.string.flatMap { Int64($0) } ?? 0) + 1
            state = ByteString("\(sum)")
            return .number(sum)
        }
    }
}
