/// The values of one key that are all of one type, and a bit for each place that has one.
///
/// ```
///   validity   1 0 1 1 …        a bit for each place
///   values     7 · 3 9 …        8 bytes for an integer; what is under a 0 means nothing
/// ```
struct TypedColumn<Value: Sendable>: Sendable {
    private(set) var values: PagedVector<Value>
    private(set) var validity = PagedBitmap()
    private(set) var count = 0

    init(empty: Value) { values = PagedVector(default: empty) }

    @inline(__always)
    subscript(place: Int) -> Value? { validity.contains(place) ? values[place] : nil }

    mutating func set(_ place: Int, _ value: Value) {
        if !validity.contains(place) {
            validity.insert(place)
            count += 1
        }
        values[place] = value
    }

    mutating func remove(_ place: Int) {
        guard validity.contains(place) else { return }
        validity.remove(place)
        values[place] = values.fallback
        count -= 1
    }

    /// Sets places that follow each other and have no value yet.
    mutating func append(_ new: [Value], at first: Int) {
        validity.insert(first..<first + new.count)
        count += new.count
        new.withUnsafeBufferPointer { new in
            values.fillPages(from: first, count: new.count) { place, elements in
                for offset in elements.indices { elements[offset] = new[place - first + offset] }
            }
        }
    }

    var byteCount: Int { values.byteCount + validity.byteCount }
}
