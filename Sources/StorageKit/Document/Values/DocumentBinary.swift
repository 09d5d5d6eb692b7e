/// Bytes in a document, and what they are.
public struct DocumentBinary: Codable, Hashable, Sendable {
    /// What the bytes are.
    public struct Subtype: RawRepresentable, Codable, Hashable, Sendable {
        /// The number in BSON; 128 and above are the user's.
        public var rawValue: UInt8

        /// Creates a subtype.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Any bytes.
        public static let generic = Subtype(rawValue: 0)
        /// A program; nobody uses it.
        public static let function = Subtype(rawValue: 1)
        /// Any bytes as they were written once, with their length before them.
        public static let genericOld = Subtype(rawValue: 2)
        /// A UUID in the order of bytes of one of several drivers.
        public static let uuidOld = Subtype(rawValue: 3)
        /// A UUID: sixteen bytes in the order of RFC 4122.
        public static let uuid = Subtype(rawValue: 4)
        /// An MD5 checksum.
        public static let md5 = Subtype(rawValue: 5)
        /// A value that is encrypted.
        public static let encrypted = Subtype(rawValue: 6)
        /// Compressed measurements.
        public static let column = Subtype(rawValue: 7)
        /// What must not be shown in logs.
        public static let sensitive = Subtype(rawValue: 8)
        /// Packed numbers.
        public static let vector = Subtype(rawValue: 9)
    }

    /// What the bytes are.
    public var subtype: Subtype
    /// The bytes, for ``Subtype/genericOld`` without the length that BSON puts before them.
    public var bytes: [UInt8]

    /// Creates a binary value.
    public init(_ bytes: [UInt8], subtype: Subtype = .generic) {
        self.subtype = subtype
        self.bytes = bytes
    }
}
