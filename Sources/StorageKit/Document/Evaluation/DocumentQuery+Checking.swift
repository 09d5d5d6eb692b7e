extension DocumentQuery {
    /// Refuses a query that can never be right.
    ///
    /// - Throws: `invalidArgument`.
    package func check() throws(StorageError) {
        try filter.check()
        for order in order { try order.path.checkForFields() }
        guard limit ?? 0 >= 0, skip >= 0 else {
            throw .invalidDocumentArgument("a query's limit or skip is below 0")
        }
        try projection.check()
    }
}

extension DocumentProjection {
    /// Refuses a projection that names no field, or one inside another that it names.
    ///
    /// - Throws: `invalidArgument`.
    package func check() throws(StorageError) {
        switch self {
        case .all: return
        case .only(let paths, let id):
            guard id || !paths.isEmpty else {
                throw .invalidDocumentArgument("a projection has no field")
            }
            try Self.check(paths)
        case .without(let paths): try Self.check(paths)
        }
    }

    private static func check(_ paths: [DocumentPath]) throws(StorageError) {
        var tree = DocumentPathTree()
        for path in paths {
            try path.checkForFields()
            guard tree.insert(path.components) else {
                throw .invalidDocumentArgument(
                    "a projection has \"\(path)\" and a path inside it, or has it twice")
            }
        }
    }
}

/// A name in a store that is asked for.
package enum DocumentCollectionName {
    /// Refuses a name that no collection can have.
    ///
    /// - Throws: `invalidArgument`.
    package static func check(_ name: String) throws(StorageError) {
        guard !name.isEmpty, !name.utf8.contains(0), !name.contains("$"),
            !name.hasPrefix("system."),
            !name.hasPrefix("."), !name.hasSuffix(".")
        else {
            throw .invalidDocumentArgument(
                "a collection's name is empty, begins with system., begins or ends with a point, "
                    + "or has $ or NUL")
        }
    }
}
