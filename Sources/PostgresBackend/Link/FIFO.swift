/// A queue: elements come at the end and leave at the front, each in constant time on the average.
struct FIFO<Element> {
    private var elements: [Element?] = []
    private var head = 0

    var count: Int { elements.count - head }
    var isEmpty: Bool { count == 0 }
    var all: [Element] { elements[head...].compactMap(\.self) }
    var first: Element? { isEmpty ? nil : elements[head] }

    mutating func append(_ element: Element) { elements.append(element) }

    /// Puts an element before all others; linear.
    mutating func prepend(_ element: Element) {
        if head > 0 {
            head -= 1
            elements[head] = element
        } else {
            elements.insert(element, at: 0)
        }
    }

    mutating func popFirst() -> Element? {
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
    mutating func removeAll() -> [Element] {
        defer {
            elements = []
            head = 0
        }
        return elements[head...].compactMap(\.self)
    }

    /// Takes the elements out that the test finds; linear.
    mutating func remove(where test: (Element) -> Bool) -> [Element] {
        let all = removeAll()
        for element in all where !test(element) { append(element) }
        return all.filter(test)
    }

    /// Changes the first element in place; there must be one.
    mutating func modifyFirst(_ change: (inout Element) -> Void) {
        guard var element = elements[head].take() else { return }
        change(&element)
        elements[head] = element
    }

    /// Changes every element in place.
    mutating func modifyEach(_ change: (inout Element) -> Void) {
        for index in head..<elements.count {
            guard var element = elements[index].take() else { continue }
            change(&element)
            elements[index] = element
        }
    }
}

extension FIFO: Sendable where Element: Sendable {}
