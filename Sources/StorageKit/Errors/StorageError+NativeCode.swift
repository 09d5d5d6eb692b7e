extension StorageError {
    /// The code a database or its C library gave, kept as it was.
    public struct NativeCode: Hashable, Sendable, CustomStringConvertible {
        /// Whose code it is: `sqlite`, `sqlstate`, `mongodb`, `redis`, `errno`.
        public let domain: String
        /// The name: `SQLITE_CONSTRAINT_PRIMARYKEY`, `23505`, `DuplicateKey`, `WRONGTYPE`.
        public let name: String
        /// The number, where the domain has one.
        public let number: Int?

        /// Creates a native code.
        public init(domain: String, name: String, number: Int? = nil) {
            self.domain = domain
            self.name = name
            self.number = number
        }

        /// The domain, the name and, in parentheses, the number.
        public var description: String {
            guard let number else { return "\(domain) \(name)" }
            return "\(domain) \(name) (\(number))"
        }
    }
}
