import StorageKitTesting
import Testing

@Suite("Linearizability")
struct LinearizabilityTests {
    private enum Operation: Hashable { case read, write(Int) }
    private typealias Event = HistoryEvent<Operation, Int>

    /// A register that a read answers with its value and a write with the value before.
    private func holds(_ events: [Event]) -> Bool {
        Linearizability.holds(events, from: 0) { state, operation in
            guard case .write(let value) = operation else { return state }
            defer { state = value }
            return state
        }
    }

    private func write(_ value: Int, was old: Int, _ span: ClosedRange<Int>) -> Event {
        Event(operation: .write(value), answer: old, begin: span.lowerBound, end: span.upperBound)
    }

    private func read(_ value: Int, _ span: ClosedRange<Int>) -> Event {
        Event(operation: .read, answer: value, begin: span.lowerBound, end: span.upperBound)
    }

    @Test("no calls, and calls one after the other with the right answers, hold")
    func sequential() {
        #expect(holds([]))
        #expect(holds([read(0, 1...2), write(5, was: 0, 3...4), read(5, 5...6)]))
    }

    @Test("a read that overlaps a write may see it or not")
    func overlapping() {
        #expect(holds([write(5, was: 0, 1...4), read(0, 2...3)]))
        #expect(holds([write(5, was: 0, 1...4), read(5, 2...3)]))
    }

    @Test("a read after a write sees it")
    func stale() {
        #expect(!holds([write(5, was: 0, 1...2), read(0, 3...4)]))
    }

    @Test("once a read has seen a write, no later one sees what was before")
    func backwards() {
        let write = write(5, was: 0, 1...8)
        #expect(holds([write, read(0, 2...3), read(5, 4...5)]))
        #expect(!holds([write, read(5, 2...3), read(0, 4...5)]))
    }

    @Test("two writes that both overwrote the same value cannot both have been first")
    func lostUpdate() {
        #expect(!holds([write(1, was: 0, 1...4), write(2, was: 0, 2...3)]))
        #expect(holds([write(1, was: 2, 1...4), write(2, was: 0, 2...3)]))
    }

    @Test("a recorder gives each call its span, and leaves out what threw")
    func recorder() async {
        let recorder = HistoryRecorder<String, Int>()
        await recorder.record("outer") {
            await recorder.record("inner") { 1 }
        }
        await #expect(throws: CancellationError.self) {
            try await recorder.record("failed") { throw CancellationError() }
        }
        #expect(recorder.events.map(\.description) == ["[1, 4] outer -> 1", "[2, 3] inner -> 1"])
    }
}
