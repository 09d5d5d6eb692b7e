internal import StorageKit

/// An array of values that a type decodes itself from.
///
/// The standard library's own decoding of an array asks for one element after the other and lets
/// the array grow. Here the elements are counted first, and each is decoded to where it belongs.
protocol BSONList {
    /// Reads the elements of an array that lies so deep in others.
    init(_ scope: BSONScope, _ element: BSONElement, _ depth: UInt8) throws
}

extension Array: BSONList where Element: Decodable {
    init(_ scope: BSONScope, _ element: BSONElement, _ depth: UInt8) throws {
        let place = try scope.open(element, BSONElementType.array, depth)
        var next = place.first
        let count = try scope.input.count(from: place.first, limit: place.limit)
        self = try Array(unsafeUninitializedCapacity: count) { memory, initialized in
            while initialized < count,
                let element = try scope.element(at: next, limit: place.limit)
            {
                memory.initializeElement(
                    at: initialized, to: try scope.decode(Element.self, element, depth + 1))
                initialized += 1
                next = element.end
            }
        }
    }
}
