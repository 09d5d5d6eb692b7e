/// An element taken from one of several lists.
public struct ListElement: Hashable, Sendable {
    /// The list it was taken from.
    public var key: ByteString
    /// The element.
    public var value: ByteString

    /// Creates an element.
    public init(key: ByteString, value: ByteString) {
        self.key = key
        self.value = value
    }
}
