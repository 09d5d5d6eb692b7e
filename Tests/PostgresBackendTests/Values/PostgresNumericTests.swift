import StorageKitTesting
import TestSupport
import Testing

@testable import PostgresBackend

@Suite("PostgreSQL's decimal numbers")
struct PostgresNumericTests {
    private func text(_ fields: [UInt16]) -> String? {
        let bytes = fields.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
        return bytes.withUnsafeBytes { PostgresNumeric($0)?.text }
    }

    @Test("digits that no server sends are refused")
    func damagedDigits() {
        #expect(text([1, 0, 0, 0, 9999]) == "9999")
        #expect(text([1, 0, 0, 0, 10_000]) == nil)
        #expect(text([2, 0, 0, 4, 1, 0xffff]) == nil)
    }

    @Test("bytes of any kind are a number or none")
    func anyBytes() {
        var generator = SeededGenerator(seed: testSeed)
        for _ in 0..<10_000 {
            let count = Int.random(in: 0...6, using: &generator)
            let digits = (0..<count).map { _ in UInt16.random(in: 0...10_050, using: &generator) }
            let weight = UInt16(bitPattern: .random(in: -3...8, using: &generator))
            let sign: UInt16 = Bool.random(using: &generator) ? 0 : 0x4000
            let scale = UInt16(bitPattern: .random(in: -2...20, using: &generator))
            let number = text([UInt16(count), weight, sign, scale] + digits)
            #expect((number == nil) == digits.contains { $0 > 9999 })
        }
    }
}
