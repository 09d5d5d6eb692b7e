extension DocumentPath {
    /// Refuses what is no path: an empty name, or a NUL in one.
    func check() throws(StorageError) {
        let names = components
        guard names.allSatisfy({ !$0.isEmpty }) else {
            throw .invalidDocumentArgument("the path \"\(text)\" has an empty name")
        }
        guard !text.utf8.contains(0) else {
            throw .invalidDocumentArgument("a path has a NUL in a name")
        }
    }

    /// Refuses what is no path of a filter: those, and one that reads like an operator.
    func checkForFilter() throws(StorageError) {
        try check()
        guard !text.hasPrefix("$") else {
            throw .invalidDocumentArgument("the path \"\(text)\" begins with $")
        }
    }

    /// Refuses what is no path to order by or of a projection: names with `$` mean nothing there.
    func checkForFields() throws(StorageError) {
        try check()
        guard components.allSatisfy({ !$0.hasPrefix("$") || Self.isReference($0) }) else {
            throw .invalidDocumentArgument("the path \"\(text)\" has a name that begins with $")
        }
    }

    /// The names that references to other documents have.
    static func isReference(_ name: String) -> Bool {
        name == "$id" || name == "$ref" || name == "$db"
    }
}
