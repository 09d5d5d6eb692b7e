extension StorageError {
    /// The rule of a schema that a statement broke, as far as the database says which.
    ///
    /// It names parts of the schema and never holds a value. What a database leaves out is `nil` or
    /// empty: SQLite names the columns of a unique rule and not the rule, PostgreSQL both.
    public struct Constraint: Hashable, Sendable {
        /// A kind of rule: an open set of names.
        public struct Kind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
            /// The name.
            public let rawValue: String

            /// A kind of a name.
            public init(rawValue: String) { self.rawValue = rawValue }

            /// The name.
            public var description: String { rawValue }

            /// No two rows have the same values there, and they are the rows' key.
            public static let primaryKey = Self(rawValue: "primaryKey")
            /// No two rows have the same values there.
            public static let unique = Self(rawValue: "unique")
            /// What is referred to has to exist.
            public static let foreignKey = Self(rawValue: "foreignKey")
            /// A value has to be there.
            public static let notNull = Self(rawValue: "notNull")
            /// A condition has to hold.
            public static let check = Self(rawValue: "check")
            /// No two rows overlap.
            public static let exclusion = Self(rawValue: "exclusion")

            /// Whether breaking it means that another row is there with such values.
            public var isUniqueness: Bool { self == .primaryKey || self == .unique }
        }

        /// What kind of rule it is.
        public var kind: Kind
        /// The rule's own name.
        public var name: String?
        /// The table it belongs to.
        public var table: String?
        /// The columns it is about.
        public var columns: [String]

        /// Describes a rule.
        public init(
            _ kind: Kind, name: String? = nil, table: String? = nil, columns: [String] = []
        ) {
            self.kind = kind
            self.name = name
            self.table = table
            self.columns = columns
        }
    }
}
