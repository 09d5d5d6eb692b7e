/// A queue in an array that wraps around: both ends in constant time, any place by its offset.
///
/// Its memory grows to the longest the queue has been and is used again and again. A free place
/// holds a vacant element: with optional ones, a look at an element would be a copy of it.
struct RingBuffer<Element> {
    private let vacant: Element
    private var slots: [Element]
    private var head = 0
    private(set) var count = 0

    /// Creates an empty queue.
    ///
    /// - Parameter vacant: What free places hold, which should own nothing.
    init(vacant: Element) {
        self.vacant = vacant
        slots = Array(repeating: vacant, count: 16)
    }

    var isEmpty: Bool { count == 0 }

    mutating func append(_ element: Element) {
        if count == slots.count { grow() }
        slots[slot(count)] = element
        count += 1
    }

    /// Takes the first element off; there must be one.
    mutating func removeFirst() -> Element {
        precondition(count > 0, "an empty ring has no first element")
        defer {
            head = slot(1)
            count -= 1
        }
        var element = vacant
        swap(&element, &slots[head])
        return element
    }

    /// Takes the last element off; there must be one.
    mutating func removeLast() {
        precondition(count > 0, "an empty ring has no last element")
        slots[slot(count - 1)] = vacant
        count -= 1
    }

    /// The element this far behind the first.
    subscript(offset: Int) -> Element {
        _read {
            precondition((0..<count).contains(offset), "outside the ring")
            yield slots[slot(offset)]
        }
        _modify {
            precondition((0..<count).contains(offset), "outside the ring")
            yield &slots[slot(offset)]
        }
    }

    private func slot(_ offset: Int) -> Int { (head &+ offset) & (slots.count - 1) }

    private mutating func grow() {
        var larger = Array(repeating: vacant, count: slots.count * 2)
        for offset in 0..<count { swap(&larger[offset], &slots[slot(offset)]) }
        (slots, head) = (larger, 0)
    }
}

extension RingBuffer: Sendable where Element: Sendable {}
