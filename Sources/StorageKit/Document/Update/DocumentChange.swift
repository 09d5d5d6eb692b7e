/// One change of a ``DocumentUpdate``.
///
/// Documents on the way to a path that are not there are made, except for removals. A change that
/// does not fit what is there, such as counting up a text, fails with
/// ``StorageError/Code/wrongType``.
public enum DocumentChange: Hashable, Sendable {
    /// The field has this value.
    case set(DocumentPath, DocumentValue)
    /// The field has this value if the document is inserted by this very update.
    case setOnInsert(DocumentPath, DocumentValue)
    /// The field is not there; an array's element becomes null.
    case unset(DocumentPath)
    /// The number is so much greater; without the field, it is this number.
    case increment(DocumentPath, by: DocumentValue)
    /// The number is so many times as great; without the field, it is zero.
    case multiply(DocumentPath, by: DocumentValue)
    /// The value, if what is there is greater or nothing is.
    case lower(DocumentPath, to: DocumentValue)
    /// The value, if what is there is less or nothing is.
    case raise(DocumentPath, to: DocumentValue)
    /// The field has the other name, and replaces what had it.
    case rename(DocumentPath, to: DocumentPath)
    /// The array has these values besides; without the field, it is an array of them.
    case push(DocumentPath, DocumentPush)
    /// The array has those of these values besides that it has not.
    case addToSet(DocumentPath, [DocumentValue])
    /// The array has no element any more that is so.
    case pull(DocumentPath, DocumentPull)
    /// The array has one element less.
    case pop(DocumentPath, ListEnd)
    /// The field is the server's present.
    case currentDate(DocumentPath)
    /// The field is the server's present as a ``DocumentTimestamp``.
    case currentTimestamp(DocumentPath)
}
