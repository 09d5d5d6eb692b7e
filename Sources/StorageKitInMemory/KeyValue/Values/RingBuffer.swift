/// A sequence that grows and shrinks at both ends: a list as key-value stores have them.
///
/// A circular array, as in Knuth, The Art of Computer Programming, volume 1, section 2.2.2: the
/// element at index `i` lies in the place `head + i`, counted round the end. Adding and removing at
/// either end takes constant time, amortised, and so does reading any index. The places are a power
/// of two, doubled when they are full and halved when three quarters are empty.
struct RingBuffer<Element: Sendable>: Sendable {
    /// The places; those without an element hold `nil`, so that nothing is kept alive.
    private var places: [Element?] = []
    private var head = 0

    /// How many elements there are.
    private(set) var count = 0

    init() {}

    var isEmpty: Bool { count == 0 }

    /// How many elements there is room for; for tests.
    var capacity: Int { places.count }

    /// The element at an index from 0 on.
    subscript(index: Int) -> Element {
        precondition(index >= 0 && index < count, "no element has this index")
        return places[place(index)]!
    }

    mutating func append(_ element: Element) {
        makeRoom()
        places[place(count)] = element
        count += 1
    }

    mutating func prepend(_ element: Element) {
        makeRoom()
        head = place(places.count - 1)
        places[head] = element
        count += 1
    }

    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = places[head].take()
        head = place(1)
        count -= 1
        giveRoomBack()
        return element
    }

    mutating func popLast() -> Element? {
        guard count > 0 else { return nil }
        count -= 1
        let element = places[place(count)].take()
        giveRoomBack()
        return element
    }

    /// The elements at these indexes, in order; those beyond the last are left out.
    func elements(in range: Range<Int>) -> [Element] {
        range.clamped(to: 0..<count).map { self[$0] }
    }

    /// Removes the elements at all other indexes, in time linear in how many those are.
    mutating func trim(to range: Range<Int>) {
        let kept = range.clamped(to: 0..<count)
        if kept.isEmpty {
            self = RingBuffer()
            return
        }
        let surplus = count - kept.upperBound
        for _ in 0..<surplus { _ = popLast() }
        for _ in 0..<kept.lowerBound { _ = popFirst() }
    }

    /// Removes the elements that satisfy a condition, from the first on, in linear time.
    ///
    /// - Returns: How many were removed.
    mutating func remove(
        limit: Int = .max, where isUnwanted: (Element) -> Bool
    ) -> Int {
        var rest = RingBuffer()
        var removed = 0
        for index in 0..<count {
            if removed < limit, isUnwanted(self[index]) {
                removed += 1
            } else {
                rest.append(self[index])
            }
        }
        if removed > 0 { self = rest }
        return removed
    }

    private func place(_ offset: Int) -> Int { (head + offset) & (places.count - 1) }

    private mutating func makeRoom() {
        if count == places.count { move(to: max(4, 2 * places.count)) }
    }

    private mutating func giveRoomBack() {
        if places.count > 16, count <= places.count / 4 { move(to: places.count / 2) }
    }

    private mutating func move(to capacity: Int) {
        var moved: [Element?] = []
        moved.reserveCapacity(capacity)
        for index in 0..<count { moved.append(places[place(index)]) }
        for _ in count..<capacity { moved.append(nil) }
        (places, head) = (moved, 0)
    }
}
