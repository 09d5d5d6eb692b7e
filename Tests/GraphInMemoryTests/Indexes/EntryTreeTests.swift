import StorageKitTesting
import Testing

@testable import GraphInMemory

@Suite("A tree of entries")
struct EntryTreeTests {
    private struct Number: TreeEntry, Equatable {
        let value: Int

        static func < (left: Number, right: Number) -> Bool { left.value < right.value }
    }

    @Test(
        "has what a sorted array has, and copies stay as they were",
        arguments: 0..<8 as Range<UInt64>)
    func model(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var (tree, model) = (EntryTree<Number>(), Set<Int>())
        var copies: [(EntryTree<Number>, Set<Int>)] = []
        let range = [10, 100, 3_000, 30_000][Int(seed % 4)]
        for step in 0..<6_000 {
            // The tree grows in one half and shrinks in the other.
            let grows = Int.random(in: 0..<10, using: &random) < (step < 3_000 ? 8 : 1)
            let value = Int.random(in: 0..<range, using: &random)
            if grows {
                tree.insert(Number(value: value))
                model.insert(value)
            } else if let value = model.randomElement(using: &random) {
                tree.remove(Number(value: value))
                model.remove(value)
            } else {
                tree.remove(Number(value: value))
            }
            #expect(tree.count == model.count)
            if step % 1_500 == 700 { copies.append((tree, model)) }
        }
        copies.append((tree, model))
        for (tree, model) in copies { check(tree, model.sorted(), &random) }
    }

    @Test(
        "is built of sorted entries at once",
        arguments: [0, 1, 2, 47, 48, 49, 64, 65, 2_304, 2_305, 9_999])
    func building(count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        let values = (0..<count).map { $0 * 2 }
        var tree = EntryTree(sorted: values.map(Number.init))
        check(tree, values, &random)
        for value in values { tree.insert(Number(value: value + 1)) }
        check(tree, Array(0..<count * 2), &random)
        for value in (0..<count * 2).reversed() { tree.remove(Number(value: value)) }
        check(tree, [], &random)
    }

    private func check(
        _ tree: EntryTree<Number>, _ model: [Int], _ random: inout SeededGenerator
    ) {
        #expect(tree.root.faults() == [])
        #expect(IndexWalk(tree, 0..<tree.count).map(\.value) == model)
        #expect(
            IndexWalk(tree, 0..<tree.count, descending: true).map(\.value) == model.reversed())
        for _ in 0..<20 {
            let cut = Int.random(in: -1...(model.last ?? 0) + 1, using: &random)
            let place = tree.place { $0.value < cut }
            #expect(place == model.count { $0 < cut })
            #expect(tree.first { $0.value < cut }?.value == model.first { $0 >= cut })
        }
    }
}
