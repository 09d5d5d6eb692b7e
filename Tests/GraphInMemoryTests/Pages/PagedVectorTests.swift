import StorageKitTesting
import TestSupport
import Testing

@testable import GraphInMemory

@Suite("Vectors and sets in pages")
struct PagedVectorTests {
    @Test("a vector agrees with a dictionary, and its copies with copies", arguments: 0..<8)
    func vector(round: Int) {
        var generator = SeededGenerator(seed: testSeed &+ UInt64(round))
        var vector = PagedVector<Int>(default: -1)
        var model: [Int: Int] = [:]
        var copies: [(PagedVector<Int>, [Int: Int])] = []
        for step in 0..<3_000 {
            let place = Self.place(&generator)
            vector[place] = step
            model[place] = step
            if step % 500 == 0 { copies.append((vector, model)) }
            if step % 700 == 699 {
                let end = Self.place(&generator)
                vector.dropPages(before: end)
                model = model.filter { $0.key >= end & ~Paging.pageMask }
            }
        }
        for (vector, model) in copies + [(vector, model)] {
            #expect(Self.contents(vector) == model)
            #expect(model.keys.allSatisfy { vector[$0] == model[$0] })
            #expect(vector[1 << 31] == -1)
        }
    }

    @Test("an empty vector takes no memory, and one value little, wherever it is")
    func sparse() {
        var vector = PagedVector<Int64>(default: 0)
        #expect(vector.byteCount == 0)
        vector[1_000_000] = 1
        #expect(vector.byteCount < 8_000)
    }

    @Test("writing to a copy copies a page, and no page of one's own")
    func sharing() {
        var vector = PagedVector<Int>(default: 0)
        vector.fillPages(from: 0, count: 100_000) { $1.update(repeating: 7) }
        let copy = vector
        vector[50_000] = 8
        let page = vector.page(of: 50_000)
        vector[50_001] = 9
        #expect(vector.page(of: 50_000) == page)
        #expect(vector.pagesThatDiffer(from: copy) == [50_000 & ~Paging.pageMask])
        #expect(copy[50_000] == 7)
    }

    @Test("a bitmap agrees with a set", arguments: 0..<8)
    func bitmap(round: Int) {
        var generator = SeededGenerator(seed: testSeed &+ UInt64(round))
        var bitmap = PagedBitmap()
        var model = Set<Int>()
        for step in 0..<2_000 {
            let place = Self.place(&generator)
            if step % 3 == 0, let old = model.randomElement(using: &generator) {
                bitmap.remove(old)
                model.remove(old)
            } else if step % 100 == 1 {
                let range = place..<place + Int.random(in: 0..<300, using: &generator)
                bitmap.insert(range)
                model.formUnion(range)
            } else {
                bitmap.insert(place)
                model.insert(place)
            }
        }
        #expect(bitmap.count == model.count)
        #expect(Self.places(bitmap) == model.sorted())
        #expect(model.allSatisfy(bitmap.contains))
    }

    private static func place(_ generator: inout SeededGenerator) -> Int {
        let end = [300, 40_000, 2_000_000].randomElement(using: &generator) ?? 1
        return Int.random(in: 0..<end, using: &generator)
    }

    private static func contents(_ vector: PagedVector<Int>) -> [Int: Int] {
        var found: [Int: Int] = [:]
        vector.forEachPage(in: 0..<vector.endOfPages) { first, elements in
            for offset in elements.indices where elements[offset] != -1 {
                found[first + offset] = elements[offset]
            }
        }
        return found
    }

    private static func places(_ bitmap: PagedBitmap) -> [Int] {
        var found: [Int] = []
        var next = bitmap.next(from: 0)
        while let place = next {
            found.append(place)
            next = bitmap.next(from: place + 1)
        }
        return found
    }
}
