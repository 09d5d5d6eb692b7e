import Testing

@testable import StorageKit

@Suite("Looking again before sleeping")
struct SpinBudgetTests {
    @Test("what pays is done again, what does not ever more rarely, and nothing for no time")
    func adaptation() {
        var budget = SpinBudget(time: .microseconds(50))
        for _ in 0..<100 {
            let begins = budget.begins()
            #expect(begins)
            budget.hit()
        }
        var tries = 0
        for _ in 0..<10_000 where budget.begins() {
            tries += 1
            budget.miss()
        }
        #expect((5...25).contains(tries))
        var never = SpinBudget(time: .zero)
        let begins = never.begins()
        #expect(!begins)
    }
}
