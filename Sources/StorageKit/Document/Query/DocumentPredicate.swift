/// What a value of a document has to be like.
///
/// Of an array, unless said otherwise, either the whole array or one of its elements has to be so.
public indirect enum DocumentPredicate: Hashable, Sendable {
    /// Equal to the value. Equal to null is a field that is null or not there.
    case equal(DocumentValue)
    /// Not ``equal(_:)``.
    case notEqual(DocumentValue)
    /// Of the value's kind and less.
    case less(DocumentValue)
    /// Of the value's kind and not greater.
    case lessOrEqual(DocumentValue)
    /// Of the value's kind and greater.
    case greater(DocumentValue)
    /// Of the value's kind and not less.
    case greaterOrEqual(DocumentValue)
    /// ``equal(_:)`` to one of these.
    case oneOf([DocumentValue])
    /// ``equal(_:)`` to none of these.
    case noneOf([DocumentValue])
    /// There, be it null, or not there.
    case exists(Bool)
    /// Of one of these types.
    case type([DocumentValueType])
    /// A text that the pattern matches.
    case matches(DocumentRegularExpression)
    /// An integer that leaves this remainder; a fraction is cut off.
    case remainder(Int64, dividedBy: Int64)
    /// An array that has all of these; or a value that is equal to all of them.
    case containsAll([DocumentValue])
    /// An array of so many elements.
    case count(Int)
    /// An array with an element, a document or array, that the filter matches.
    case someElement(DocumentFilter)
    /// An array with an element for which all of these are so.
    case someValue([DocumentPredicate])
    /// As all of these say, each by itself: of an array, by different elements perhaps.
    case both([DocumentPredicate])
    /// Not so, or not there.
    case not(DocumentPredicate)
}
