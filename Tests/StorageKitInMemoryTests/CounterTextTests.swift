import StorageKit
import StorageKitTesting
import Testing

@testable import StorageKitInMemory

@Suite("The text of a counter")
struct CounterTextTests {
    @Test(
        "of a number is its shortest decimal without an exponent",
        arguments: [
            (0.0, "0"), (-0.0, "0"), (1, "1"), (-2.5, "-2.5"), (100, "100"), (0.1, "0.1"),
            (1e-7, "0.0000001"), (-1.5e-5, "-0.000015"), (1e20, "100000000000000000000"),
            (1.25e17, "125000000000000000"), (123456.789, "123456.789"), (0.3, "0.3"),
        ] as [(Double, ByteString)])
    func text(number: Double, text: ByteString) {
        #expect(CounterText.text(number) == text)
    }

    @Test("of any number reads back as that number and has no exponent")
    func roundTrip() {
        var generator = SeededGenerator(seed: testSeed)
        var numbers = [Double.greatestFiniteMagnitude, .leastNonzeroMagnitude, .ulpOfOne]
        for _ in 0..<5000 {
            let number = Double(bitPattern: generator.next())
            if number.isFinite { numbers.append(number) }
        }
        for number in numbers {
            let text = CounterText.text(number)
            #expect(CounterText.number(text) == number, "\(number) as \(text)")
            #expect(!text.description.contains("e"))
        }
    }

    @Test(
        "is an integer only in the one way this type writes it",
        arguments: ["+5", "05", " 5", "5 ", "-0", "", "5.0", "9223372036854775808", "5\0", "five"]
            as [ByteString])
    func noInteger(text: ByteString) {
        #expect(CounterText.integer(text) == nil)
    }

    @Test("may be the smallest and the largest integer")
    func extremes() {
        for integer in [Int64.min, -5, 0, 7, .max] {
            #expect(CounterText.integer(CounterText.text(integer)) == integer)
        }
    }

    @Test(
        "is a number wherever Redis finds one, an infinity included",
        arguments: [
            ("+5", 5), ("05", 5), ("5.", 5), (".5", 0.5), ("1e3", 1000), ("-0", 0),
            ("0x10", 16), ("inf", .infinity), ("-infinity", -.infinity),
        ] as [(ByteString, Double)])
    func number(text: ByteString, number: Double) {
        #expect(CounterText.number(text) == number)
    }

    @Test(
        "is no number where Redis finds none",
        arguments: [" 5", "5 ", "", "nan", "5e", "five", "5\0", [0xFF]] as [ByteString])
    func noNumber(text: ByteString) {
        #expect(CounterText.number(text) == nil)
    }
}
