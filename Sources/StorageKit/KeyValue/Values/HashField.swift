/// A field of a hash and its value.
public struct HashField: Hashable, Sendable {
    /// The field's name.
    public var name: ByteString
    /// Its value.
    public var value: ByteString

    /// Creates a field.
    public init(name: ByteString, value: ByteString) {
        self.name = name
        self.value = value
    }
}
