/// Where an element of a document is: its parts as offsets in the bytes.
struct BSONElement {
    /// Where the name begins.
    var key: Int32
    /// Where the value begins, behind the zero that ends the name.
    var value: Int32
    /// Where the next element begins.
    var end: Int32
    /// The type's byte; the last, so that a decoder is three words.
    var type: UInt8

    /// The element that a whole document would be in another one.
    init(document length: Int) {
        type = BSONElementType.document
        key = 0
        value = 0
        end = Int32(length)
    }

    init(type: UInt8, key: Int, value: Int, end: Int) {
        self.type = type
        self.key = Int32(truncatingIfNeeded: key)
        self.value = Int32(truncatingIfNeeded: value)
        self.end = Int32(truncatingIfNeeded: end)
    }

    /// What stands for an element that is not there.
    static let absent = BSONElement(type: BSONElementType.null, key: -1, value: 0, end: 0)
}
