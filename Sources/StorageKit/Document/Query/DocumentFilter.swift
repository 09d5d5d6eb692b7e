/// Which documents are meant: MongoDB's query language as a value.
///
/// ```swift
/// let filter = User.city == "Berlin" && User.age >= 18
/// ```
///
/// Every store of the family takes every filter, and all of them mean the same by it. A path that
/// goes through an array matches when one of its elements does. Numbers compare by what they are
/// worth, whatever their type; otherwise a value is compared with values of its own type only.
///
/// Source: MongoDB's manual, "Query and Projection Operators".
public indirect enum DocumentFilter: Hashable, Sendable {
    /// Documents whose value at the path is as said.
    case field(DocumentPath, DocumentPredicate)
    /// Documents that all of these match; without any, every document.
    case every([DocumentFilter])
    /// Documents that one of these matches at least; without any, no document.
    case either([DocumentFilter])
    /// Documents that none of these matches.
    case neither([DocumentFilter])

    /// Every document.
    public static var all: DocumentFilter { .every([]) }
}

extension DocumentFilter {
    /// Documents that both match.
    public static func && (left: DocumentFilter, right: DocumentFilter) -> DocumentFilter {
        guard case .every(let filters) = left, !filters.isEmpty else {
            return .every([left, right])
        }
        return .every(filters + [right])
    }

    /// Documents that one of them matches, or both.
    public static func || (left: DocumentFilter, right: DocumentFilter) -> DocumentFilter {
        guard case .either(let filters) = left, !filters.isEmpty else {
            return .either([left, right])
        }
        return .either(filters + [right])
    }

    /// Documents that it does not match.
    public static prefix func ! (filter: DocumentFilter) -> DocumentFilter { .neither([filter]) }
}
