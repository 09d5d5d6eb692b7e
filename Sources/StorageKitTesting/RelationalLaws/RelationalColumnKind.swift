/// The kinds of values that the laws keep in columns: those of `SQLValue` but NULL.
public enum RelationalColumnKind: String, Hashable, Sendable, CaseIterable {
    /// True or false.
    case boolean
    /// Signed, 64 bits.
    case integer
    /// Double precision.
    case real
    /// Text of any length.
    case text
    /// Bytes of any length.
    case bytes
    /// A moment, without a time zone of its own.
    case date
    /// A universally unique identifier.
    case uuid
    /// A decimal number with all its digits.
    case decimal
    /// A JSON document.
    case json
}
