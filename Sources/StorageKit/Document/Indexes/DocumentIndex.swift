/// An index of a collection.
///
/// ```swift
/// let indexes = [
///     DocumentIndex(User.city.ascending, User.age.descending),
///     DocumentIndex(User.email.ascending, isUnique: true, where: User.email.exists),
///     DocumentIndex(Session.seen.ascending, expireAfter: .seconds(3_600)),
///     DocumentIndex.text("title", "body"),
/// ]
/// ```
///
/// * **An array** at a path has a key for each of its elements, and a document that has no value
///   there the key null. Two paths of an index must not lead through different arrays of one
///   document: such a document is refused (``StorageError/Code/constraintViolation``).
/// * **Unique** means that no two documents have a key in common; one document may have it twice.
///   Null is a key like others, so that one document alone may be without the field: for several,
///   add a partial filter. A second document is refused (``StorageError/Code/alreadyExists``).
/// * **Partial** means that only documents that the filter matches are in it, and have to be
///   unique. A query uses it where its own filter says as much.
/// * **Expiring** means that documents are removed when the field is a date and that is so long
///   ago; of an array the earliest date counts, and what is no date never expires.
///
/// Each collection has an index of the identifiers besides, which nobody makes or drops.
///
/// Source: MongoDB's manual, "Indexes".
public struct DocumentIndex: Hashable, Sendable {
    /// The fields, in the order in which they make up a key.
    public let keys: [DocumentIndexKey]
    /// What it is known by, unique in the collection.
    public let name: String
    /// Whether no two documents have a key in common.
    public let isUnique: Bool
    /// Which documents are in it; `nil` for all.
    ///
    /// Predicates that say the same in one other way, such as ``DocumentPredicate/both(_:)`` of
    /// one, are written in the simpler one.
    public let partialFilter: DocumentFilter?
    /// How long after the field's date a document is removed; `nil` for never.
    public let expireAfter: Duration?
    /// What else an index that was read has, in the server's words; never of one to be created.
    public let otherOptions: Document

    /// Describes an index.
    ///
    /// - Parameters:
    ///   - keys: The fields. Those of texts are brought into the order of their names.
    ///   - name: What it is known by; without one as MongoDB would name it: `city_1_age_-1`.
    ///   - isUnique: Whether no two documents have a key in common.
    ///   - partialFilter: Which documents are in it; see ``check()``.
    ///   - expireAfter: How long after the field's date a document is removed, in whole seconds.
    ///   - otherOptions: What else an index that was read has.
    public init(
        keys: [DocumentIndexKey], name: String? = nil, isUnique: Bool = false,
        where partialFilter: DocumentFilter? = nil, expireAfter: Duration? = nil,
        otherOptions: Document = [:]
    ) {
        self.keys = keys.withSortedTexts
        self.name = name ?? self.keys.map(\.namePart).joined(separator: "_")
        self.isUnique = isUnique
        self.partialFilter = partialFilter?.simplified
        self.expireAfter = expireAfter
        self.otherOptions = otherOptions
    }

    /// Describes an index of values in their order.
    public init(
        _ order: DocumentOrder..., name: String? = nil, isUnique: Bool = false,
        where partialFilter: DocumentFilter? = nil, expireAfter: Duration? = nil
    ) {
        self.init(
            keys: order.map { .ordered($0) }, name: name, isUnique: isUnique, where: partialFilter,
            expireAfter: expireAfter)
    }

    /// Describes an index of the words of texts, of which a collection can have one.
    ///
    /// Words are taken as they are written but for capitals and accents, in no language.
    public static func text(
        _ paths: DocumentPath..., name: String? = nil, where partialFilter: DocumentFilter? = nil
    ) -> DocumentIndex {
        DocumentIndex(keys: paths.map { .text($0) }, name: name, where: partialFilter)
    }

    /// Whether it is one of words.
    public var isText: Bool {
        keys.contains { if case .text = $0 { true } else { false } }
    }

    /// The order of its keys; of words and what this package does not know, nothing.
    public var order: [DocumentOrder] {
        keys.compactMap { if case .ordered(let order) = $0 { order } else { nil } }
    }
}

extension DocumentIndex: CustomStringConvertible {
    /// The name, the fields, and what is special about it, on one line.
    public var description: String {
        var text = "\(name): \(keys.map(\.description).joined(separator: ", "))"
        if isUnique { text += "; unique" }
        if let partialFilter { text += "; where \(partialFilter)" }
        if let expireAfter { text += "; expires after \(expireAfter)" }
        if !otherOptions.isEmpty { text += "; \(otherOptions)" }
        return text
    }
}

extension DocumentIndexKey {
    fileprivate var namePart: String {
        switch self {
        case .ordered(let order): "\(order.path)_\(order.direction == .ascending ? 1 : -1)"
        case .text(let path): "\(path)_text"
        case .other(let path, let kind): "\(path)_\(kind)"
        }
    }
}

extension [DocumentIndexKey] {
    /// A server does not keep the order of texts, which means nothing.
    fileprivate var withSortedTexts: [DocumentIndexKey] {
        let places = indices.filter { if case .text = self[$0] { true } else { false } }
        let sorted = places.map { self[$0] }
            .sorted { $0.path.text.comparedByBytes(to: $1.path.text) < 0 }
        var keys = self
        for (place, key) in zip(places, sorted) { keys[place] = key }
        return keys
    }
}
