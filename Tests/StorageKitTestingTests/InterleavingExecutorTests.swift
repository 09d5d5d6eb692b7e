import StorageKitTesting
import Testing

@Suite("InterleavingExecutor")
struct InterleavingExecutorTests {
    @Test("equal seeds give equal interleavings")
    func reproducible() async {
        for seed in UInt64(0)..<10 {
            #expect(await interleaving(seed) == interleaving(seed))
        }
    }

    @Test("other seeds give others")
    func various() async {
        var seen: Set<[String]> = []
        for seed in UInt64(0)..<10 { seen.insert(await interleaving(seed)) }
        #expect(seen.count > 5)
    }

    @Test("every task comes to its end, each in its own order")
    func complete() async {
        let lines = await interleaving(1)
        for task in 0..<3 {
            #expect(lines.filter { $0.hasPrefix("\(task).") } == (0..<4).map { "\(task).\($0)" })
        }
    }

    private func interleaving(_ seed: UInt64) async -> [String] {
        let log = Log()
        await withTaskExecutorPreference(InterleavingExecutor(seed: seed)) {
            await withTaskGroup { group in
                for task in 0..<3 {
                    group.addTask {
                        for step in 0..<4 {
                            log.append("\(task).\(step)")
                            await Task.yield()
                        }
                    }
                }
            }
        }
        return log.lines
    }
}
