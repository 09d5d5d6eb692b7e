/// A queue: what is put in first comes out first.
///
/// Both ends take constant time, amortised: what was taken out leaves a gap before the head, which
/// is closed when it is more than half of the array. Inlinable, as the pipelines of the backends
/// spend a good part of their time in it.
package struct FIFO<Element> {
    @usableFromInline var elements: [Element?] = []
    @usableFromInline var head = 0

    /// Creates an empty queue.
    @inlinable package init() {}

    /// How many elements there are.
    @inlinable package var count: Int { elements.count - head }
    /// Whether there are none.
    @inlinable package var isEmpty: Bool { count == 0 }
    /// All elements in their order; linear.
    @inlinable package var all: [Element] { elements[head...].compactMap(\.self) }
    /// The element that comes out next.
    @inlinable package var first: Element? { isEmpty ? nil : elements[head] }

    /// Puts an element behind all others.
    @inlinable package mutating func append(_ element: Element) { elements.append(element) }

    /// Puts an element before all others; linear.
    @inlinable package mutating func prepend(_ element: Element) {
        if head > 0 {
            head -= 1
            elements[head] = element
        } else {
            elements.insert(element, at: 0)
        }
    }

    /// Takes the first element out.
    @inlinable package mutating func popFirst() -> Element? {
        guard !isEmpty else { return nil }
        let element = elements[head].take()
        head += 1
        if head == elements.count {
            elements.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 32, head * 2 > elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return element
    }

    /// Takes all out.
    @inlinable package mutating func removeAll() -> [Element] {
        defer {
            elements = []
            head = 0
        }
        return all
    }

    /// Takes the elements out that the test finds; linear.
    @inlinable package mutating func remove(where test: (Element) -> Bool) -> [Element] {
        let all = removeAll()
        for element in all where !test(element) { append(element) }
        return all.filter(test)
    }

    /// Changes the first element in place, if there is one.
    @inlinable package mutating func modifyFirst(_ change: (inout Element) -> Void) {
        guard !isEmpty, var element = elements[head].take() else { return }
        change(&element)
        elements[head] = element
    }

    /// Changes the last element in place, if there is one.
    @inlinable package mutating func modifyLast(_ change: (inout Element) -> Void) {
        guard !isEmpty, var element = elements[elements.count - 1].take() else { return }
        change(&element)
        elements[elements.count - 1] = element
    }

    /// Changes every element in place.
    @inlinable package mutating func modifyEach(_ change: (inout Element) -> Void) {
        for index in head..<elements.count {
            guard var element = elements[index].take() else { continue }
            change(&element)
            elements[index] = element
        }
    }
}

extension FIFO: Sendable where Element: Sendable {}
