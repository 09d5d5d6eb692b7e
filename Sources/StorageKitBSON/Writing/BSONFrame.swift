internal import StorageKit

/// A value that is being written.
struct BSONFrame {
    /// Where its element's type is; -1 for the root.
    var typePlace: Int
    /// How many nested writers there were before it.
    var nested: Int
    /// Where the length of its document or array belongs; -1 when it is none.
    var start = -1
    /// What it has become.
    var type = BSONElementType.unknown
    /// The index of an array's next element.
    var index = 0
    /// Why it cannot be closed.
    var failure: StorageError?

    init(typePlace: Int, nested: Int) {
        self.typePlace = typePlace
        self.nested = nested
    }
}
