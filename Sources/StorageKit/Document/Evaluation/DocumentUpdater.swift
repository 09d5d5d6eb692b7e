/// An update, checked and made ready for many documents.
///
/// Source: MongoDB's manual, "Update Operators", and the server's behaviour where that is silent.
package struct DocumentUpdater {
    private let changes: [DocumentChange]
    /// By their names.
    private let arrayFilters: [String: DocumentMatcher]
    private let now: DocumentDate
    private let timestamp: DocumentTimestamp

    /// Makes an update ready.
    ///
    /// - Parameters:
    ///   - update: The changes.
    ///   - now: The present, for the changes that need it.
    /// - Throws: `invalidArgument` when the update can never be right.
    package init(_ update: DocumentUpdate, now: DocumentDate) throws(StorageError) {
        try update.check()
        changes = update.changes
        var filters: [String: DocumentMatcher] = [:]
        for filter in update.arrayFilters {
            filters[filter.arrayFilterName ?? ""] = try DocumentMatcher(filter)
        }
        arrayFilters = filters
        self.now = now
        timestamp = DocumentTimestamp(
            seconds: UInt32(truncatingIfNeeded: now.millisecondsSince1970 / 1_000), increment: 1)
    }

    /// The document with the changes.
    ///
    /// - Parameters:
    ///   - document: What they are made to.
    ///   - place: What `$` stands for: the place by which the filter matched.
    ///   - isInsert: Whether the document is inserted by this very update.
    /// - Throws: `wrongType` when a change does not fit the document, `outOfRange` when a number
    ///   becomes too large, `invalidArgument` when it would be another document: its identifier is
    ///   not changed.
    package func apply(
        to document: Document, place: Int? = nil, isInsert: Bool = false
    ) throws(StorageError) -> Document {
        let needsPlace = changes.contains { $0.path.components.contains("$") }
        guard place != nil || !needsPlace else {
            throw .changeDoesNotFit("$, for which the filter has no array,", "its path")
        }
        let tree = try DocumentUpdateNode.tree(of: changes, positional: needsPlace ? place : nil)
        let run = DocumentUpdateRun(
            original: document, arrayFilters: arrayFilters, now: now, timestamp: timestamp,
            isInsert: isInsert)
        guard case .document(let changed) = try run.apply(tree, to: .document(document), "") else {
            return document
        }
        try Self.checkIdentifier(changed["_id"], of: document)
        return changed
    }

    private static func checkIdentifier(
        _ id: DocumentValue?, of document: Document
    ) throws(StorageError) {
        guard let old = document["_id"] else { return }
        guard let id, id.isIdentical(to: old) else {
            throw .invalidDocumentArgument("an update changes a document's _id")
        }
    }
}
