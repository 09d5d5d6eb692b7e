import StorageKit
import Testing

@Suite("Comparing the values of properties")
struct GraphValueComparisonTests {
    @Test("numbers are equal by what they are worth, exactly")
    func numbers() {
        #expect(GraphValue.integer(1).isEqual(to: .double(1)))
        #expect(!GraphValue.integer(9_007_199_254_740_993).isEqual(to: .double(0x1p53)))
        #expect(GraphValue.integer(.max).compared(to: .double(0x1p63)) == -1)
        #expect(GraphValue.double(-0x1p63).compared(to: .integer(.min)) == 0)
        #expect(GraphValue.double(1.5).compared(to: .integer(1)) == 1)
        #expect(GraphValue.double(-1.5).compared(to: .integer(-1)) == -1)
    }

    @Test("not-a-number is equal to nothing, and the last number of the total order")
    func notANumber() {
        let nan = GraphValue.double(.nan)
        #expect(!nan.isEqual(to: nan))
        #expect(!GraphValue.list([nan]).isEqual(to: .list([nan])))
        #expect(nan.compared(to: 1) == nil)
        #expect(nan.sorted(before: nan) == 0)
        #expect(nan.sorted(before: .double(.infinity)) == 1)
        #expect(GraphValue.integer(3).sorted(before: nan) == -1)
    }

    @Test("values of different kinds are not compared, and have an order all the same")
    func kinds() {
        let ordered: [GraphValue] = [["a"], [1, "a"], "a", .bytes([0]), false, true, -1, 0.5, 2]
        for (place, left) in ordered.enumerated() {
            for (other, right) in ordered.enumerated() {
                #expect(left.sorted(before: right).signum() == (place - other).signum())
            }
        }
        #expect(GraphValue.string("1").compared(to: 1) == nil)
    }

    @Test("texts compare by code points, not by what Swift takes for the same")
    func texts() {
        #expect(!GraphValue.string("\u{e9}").isEqual(to: .string("e\u{301}")))
        #expect(GraphValue.string("Z").compared(to: "a") == -1)
    }
}
