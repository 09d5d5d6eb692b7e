import Testing

@testable import StorageKit

@Suite("Held leases")
struct HeldLeasesTests {
    private func claim(_ number: Int) -> SharedCacheClaim {
        SharedCacheClaim(key: ByteString("\(number)"), token: .random())
    }

    @Test("may be as many as there is room for")
    func unlimited() {
        var held = HeldLeases(limit: .max)
        let claims = (0..<100).map(claim)
        for claim in claims { held.hold(claim, until: .seconds(1)) }
        for claim in claims { #expect(held.take(claim.key, now: .zero) == claim.token) }
        #expect(held.count == 0)
    }

    @Test("go in the order they were held, however many were taken in between")
    func oldestFirst() {
        var held = HeldLeases(limit: 3)
        for number in 0..<1000 {
            let (kept, taken) = (claim(number), claim(-number - 1))
            held.hold(taken, until: .seconds(1))
            #expect(held.take(taken.key, now: .zero) == taken.token)
            held.hold(kept, until: .seconds(1))
        }
        #expect(held.count == 3)
        for number in 997..<1000 { #expect(held.take(ByteString("\(number)"), now: .zero) != nil) }
    }
}
