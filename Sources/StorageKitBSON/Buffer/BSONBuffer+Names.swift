package import StorageKit

extension BSONBuffer {
    /// Whether a field of the document itself, not of those in it, has a name that begins so.
    ///
    /// A look at each field.
    package func hasName(beginningWith first: UInt8) throws(StorageError) -> Bool {
        let input = try BSONInput(Self.bytes(of: pointer))
        var (place, limit) = input.range(of: BSONElement(document: input.count))
        while let element = try input.element(at: place, limit: limit) {
            if input.load(UInt8.self, at: element.key) == first { return true }
            place = element.end
        }
        return false
    }
}
