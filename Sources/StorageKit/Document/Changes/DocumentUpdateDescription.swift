/// What an update has changed of a document.
///
/// How it is told is the store's to choose: a change inside a document or an array may be told by
/// its path or with the whole of it. Whoever makes these changes of the document before has the
/// document after.
public struct DocumentUpdateDescription: Hashable, Sendable {
    /// The new values, by their paths.
    public var updated: Document
    /// The paths at which there is nothing any more.
    public var removed: [String]
    /// The arrays that have become shorter, by their paths, and how many elements they have left.
    public var truncated: [String: Int]

    /// Creates a description.
    public init(
        updated: Document = Document(), removed: [String] = [], truncated: [String: Int] = [:]
    ) {
        self.updated = updated
        self.removed = removed
        self.truncated = truncated
    }

    /// What makes of one document another one.
    package init(from old: Document, to new: Document) {
        self.init()
        add(old, new, under: "")
    }

    private mutating func add(_ old: Document, _ new: Document, under prefix: String) {
        for field in new.fields {
            let path = prefix + field.name
            switch (old[field.name], field.value) {
            case (let before?, let after) where before.isIdentical(to: after): continue
            case (.document(let before)?, .document(let after)):
                add(before, after, under: path + ".")
            case (_, let after): updated.fields.append(DocumentField(path, after))
            }
        }
        for field in old.fields where new[field.name] == nil { removed.append(prefix + field.name) }
    }
}
