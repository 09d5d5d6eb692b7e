import StorageKit
import StorageKitTesting
import Testing

@testable import GraphInMemory

@Suite("An index of a property")
struct PropertyIndexTests {
    /// Values of which many are equal, in several forms.
    private static func value(_ random: inout SeededGenerator) -> GraphValue {
        let number = Int.random(in: -20..<20, using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return .integer(Int64(number))
        case 1: return .double(Double(number))
        case 2: return .double(Double(number) / 4)
        case 3:
            return .string(String(repeating: number % 2 == 0 ? "a" : "é", count: abs(number) % 5))
        case 4: return .string("name \(number)")
        case 5: return .bytes([UInt8](repeating: 255, count: abs(number) % 4))
        case 6: return .bool(number < 0)
        case 7: return .double([.nan, .infinity, -0.0, 0x1p63][abs(number) % 4])
        case 8: return .list([.integer(Int64(number % 3)), .double(Double(number % 2))])
        default: return .list([.double(number % 2 == 0 ? .nan : 1), .string("x")])
        }
    }

    private static func range(_ random: inout SeededGenerator) -> IndexRange {
        func bound() -> IndexRange.Bound {
            IndexRange.Bound(value(&random), isInclusive: Bool.random(using: &random))
        }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .all
        case 1: return .from(bound())
        case 2: return .to(bound())
        case 3:
            return .prefix(
                ["", "a", "aa", "é", "name", "name 1"].randomElement(using: &random) ?? "")
        default: return .between(bound(), bound())
        }
    }

    @Test(
        "finds what a look at each node finds, in copies as well",
        arguments: GraphIndex.Kind.allCases, 0..<4 as Range<UInt64>)
    func model(kind: GraphIndex.Kind, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var model: [NodeIndex: GraphValue] = [:]
        for node in 0..<UInt32.random(in: 0..<300, using: &random) {
            model[NodeIndex(node)] = Self.value(&random)
        }
        var index = try PropertyIndex(
            GraphIndex("A", "k", kind: kind), label: LabelSymbol(0), key: KeySymbol(0),
            entries: model.map { ($0.key, $0.value) })
        var copies: [(PropertyIndex, [NodeIndex: GraphValue])] = []
        for step in 0..<1_500 {
            let node = NodeIndex(UInt32.random(in: 0..<400, using: &random))
            if let old = model[node] {
                index.remove(node, old)
                model[node] = nil
            } else {
                let value = Self.value(&random)
                try index.insert(node, value)
                model[node] = value
            }
            if step % 500 == 0 { copies.append((index, model)) }
        }
        copies.append((index, model))
        for (index, model) in copies { check(index, model, &random) }
    }

    private func check(
        _ index: PropertyIndex, _ model: [NodeIndex: GraphValue], _ random: inout SeededGenerator
    ) {
        #expect(index.faults() == [])
        #expect(index.count == model.count)
        for _ in 0..<60 {
            let value = Self.value(&random)
            let nodes = model.filter { $0.value.isEqual(to: value) }.keys.sorted()
            #expect(index.nodes(equalTo: value) == nodes, "\(value)")
            #expect(index.count(equalTo: value) == nodes.count, "\(value)")
            #expect(index.contains(value) == !nodes.isEmpty)
        }
        guard index.definition.kind == .ordered else { return }
        let sorted = model.map { OrderedEntry(value: $0.value, node: $0.key) }.sorted(by: <)
        for _ in 0..<200 {
            let range = Self.range(&random)
            let nodes = sorted.filter { range.contains($0.value) }.map(\.node)
            #expect(index.entries(in: range).map(\.node) == nodes, "\(range)")
            #expect(
                index.entries(in: range, descending: true).map(\.node) == nodes.reversed(),
                "\(range)")
            #expect(
                range.isLoose
                    ? index.count(in: range) >= nodes.count
                    : index.count(in: range) == nodes.count, "\(range)")
        }
    }

    @Test("a range has what can be compared with its bounds")
    func ranges() {
        let five = IndexRange.Bound(5, isInclusive: false)
        #expect(IndexRange.from(five).contains(5.5))
        #expect(IndexRange.from(five).contains(.double(.infinity)))
        #expect(!IndexRange.from(five).contains(5.0))
        #expect(!IndexRange.from(five).contains(.double(.nan)))
        #expect(!IndexRange.to(five).contains("4"))
        #expect(IndexRange.prefix("ab").contains("abc"))
        #expect(!IndexRange.prefix("ab").contains("ac"))
        #expect(!IndexRange.prefix("e").contains("e\u{301}") == false)
        #expect(!IndexRange.prefix("").contains(1))
        #expect(IndexRange.equal(to: 1).contains(1.0))
    }

    @Test("numbers that are worth the same have the same hash")
    func hashes() {
        let same: [(GraphValue, GraphValue)] = [
            (1, 1.0), (0, -0.0), (.integer(.min), .double(-0x1p63)), ([1, [2.0]], [1.0, [2]]),
        ]
        for (left, right) in same { #expect(left.worthHash == right.worthHash) }
        #expect(GraphValue.double(0x1p63).worthHash != GraphValue.integer(.max).worthHash)
    }

    @Test("a walk that is kept goes on in the moment it began at")
    func keptWalk() throws {
        let entries = (0..<1_000).map { (NodeIndex($0), GraphValue.integer(Int64($0))) }
        var index = try PropertyIndex(
            GraphIndex("A", "k", kind: .ordered), label: LabelSymbol(0), key: KeySymbol(0),
            entries: entries)
        var walk = index.entries(in: .all).makeIterator()
        for expected in 0..<1_000 as Range<UInt32> {
            #expect(walk.next()?.node == NodeIndex(expected))
            index.remove(NodeIndex(expected), .integer(Int64(expected)))
        }
        #expect(walk.next() == nil)
        #expect(index.count == 0 && index.distinctCount == 0)
    }
}
