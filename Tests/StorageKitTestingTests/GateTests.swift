import StorageKitTesting
import Testing

@Suite("Gate")
struct GateTests {
    @Test("it holds who comes until it is opened, and nobody after that")
    func holds() async {
        let gate = Gate()
        let log = Log()
        let waiting = (0..<3).map { _ in
            Task {
                await gate.pass()
                log.append("passed")
            }
        }
        await gate.reached(by: 3)
        #expect(log.lines.isEmpty)
        gate.open()
        for task in waiting { await task.value }
        #expect(log.lines.count == 3)
        await gate.pass()
        await gate.reached(by: 4)
    }

    @Test("a task that is cancelled at the gate, or before it, goes on")
    func cancelled() async {
        let gate = Gate()
        let atTheGate = Task { await gate.pass() }
        await gate.reached()
        atTheGate.cancel()
        await atTheGate.value
        let before = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await gate.pass()
        }
        await before.value
    }
}
