import Testing

@testable import RelationalBackend

@Suite("The gauge of reads in place", .nothingLeftOpen)
struct SQLiteInPlaceGaugeTests {
    static let quick = SQLiteInPlaceGauge.limit
    static let slow = SQLiteInPlaceGauge.limit + .nanoseconds(1)

    /// How many reads go to a worker before the next is tried in place.
    static func pause(of gauge: inout SQLiteInPlaceGauge) -> Int {
        var pause = 0
        while !gauge.admits() { pause += 1 }
        return pause
    }

    @Test("admits every read while none is slow")
    func quick() {
        var gauge = SQLiteInPlaceGauge()
        for _ in 0..<1000 {
            let admits = gauge.admits()
            #expect(admits)
            gauge.record(Self.quick)
        }
    }

    @Test("pauses twice as long after each slow read, up to a thousand and twenty-four reads")
    func backingOff() {
        var gauge = SQLiteInPlaceGauge()
        var pauses: [Int] = []
        for _ in 0..<10 {
            gauge.record(Self.slow)
            pauses.append(Self.pause(of: &gauge))
        }
        #expect(pauses == [8, 16, 32, 64, 128, 256, 512, 1024, 1024, 1024])
    }

    @Test("begins anew after a quick read")
    func recovery() {
        var gauge = SQLiteInPlaceGauge()
        for _ in 0..<5 { gauge.record(Self.slow) }
        _ = Self.pause(of: &gauge)
        gauge.record(Self.quick)
        let afterQuick = Self.pause(of: &gauge)
        #expect(afterQuick == 0)
        gauge.record(Self.slow)
        let afterSlow = Self.pause(of: &gauge)
        #expect(afterSlow == 8)
    }
}
