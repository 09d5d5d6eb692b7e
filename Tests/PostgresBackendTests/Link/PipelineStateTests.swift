import TestSupport
import Testing

@testable import PostgresBackend

@Suite("What is under way on a connection of PostgreSQL's, as a state machine")
struct PipelineStateTests {
    @Test(
        "in 1000 random worlds each exchange ends once, and a stop hits its own alone for good")
    func random() {
        for number in 0..<1000 {
            var world = PipelineWorld(seed: testSeed &+ UInt64(number))
            for _ in 0..<100 { world.step() }
            world.drain()
        }
    }
}
