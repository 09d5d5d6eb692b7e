internal import StorageKit

extension GraphDraft {
    mutating func createIndexes(_ indexes: [GraphIndex]) throws(StorageError) {
        try GraphIndex.check(indexes)
        for index in indexes {
            try limits.check(name: index.label.name, of: "label")
            try limits.check(name: index.key.name, of: "property")
        }
        for index in indexes { try create(index) }
    }

    private mutating func create(_ index: GraphIndex) throws(StorageError) {
        let existing = state.indexes.definitions
        guard !existing.contains(index) else { return }
        if let other = existing.first(where: { $0.isInTheWay(of: index) }) {
            throw StorageError(
                code: .alreadyExists,
                message: "there is a \(other) in place of the \(index); drop it first")
        }
        _ = try symbol(of: index.label)
        _ = try symbol(of: index.key)
        try apply(.createIndex(index))
    }

    mutating func dropIndex(_ index: GraphIndex) throws(StorageError) {
        guard state.indexes.definitions.contains(index) else {
            throw StorageError(code: .notFound, message: "there is no \(index)")
        }
        try apply(.dropIndex(index))
    }
}
