/// Memory of an algorithm while it runs: one value for each node, say, freed with its owner.
///
/// Unlike an array's, its elements may be written from a loop without asking first whether the
/// memory is shared. Places are checked in debug builds only.
struct WorkBuffer<Element: BitwiseCopyable>: ~Copyable {
    /// The memory, for loops: valid for as long as this buffer, and until it grows.
    private(set) var elements: UnsafeMutableBufferPointer<Element>

    init(repeating value: Element, count: Int) {
        elements = .allocate(capacity: count)
        elements.initialize(repeating: value)
    }

    /// A buffer with a value for each place.
    init(count: Int, _ value: (Int) -> Element) {
        elements = .allocate(capacity: count)
        for place in 0..<count { elements.initializeElement(at: place, to: value(place)) }
    }

    deinit { elements.deallocate() }

    /// Makes room for more elements; those it has stay.
    mutating func grow(to count: Int, repeating value: Element) {
        let larger = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
        larger.initialize(repeating: value)
        for place in 0..<elements.count { larger[place] = elements[place] }
        elements.deallocate()
        elements = larger
    }

    /// How many elements it has.
    var count: Int { elements.count }

    subscript(place: Int) -> Element {
        @inline(__always) get { elements[place] }
        @inline(__always) nonmutating set { elements[place] = newValue }
    }

    /// The elements, each turned into a result.
    func map<Result>(_ result: (Element) -> Result) -> [Result] {
        [Result](unsafeUninitializedCapacity: count) { results, initialized in
            for place in 0..<count {
                results.initializeElement(at: place, to: result(elements[place]))
            }
            initialized = count
        }
    }
}
