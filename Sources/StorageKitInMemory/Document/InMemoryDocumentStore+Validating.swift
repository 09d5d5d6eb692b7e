public import StorageKit

extension InMemoryDocumentStore: ValidatingDocumentStore {
    /// What a collection's documents have to look like; `nil` for anything.
    public func validation(
        of collection: String
    ) async throws(StorageError) -> DocumentValidation? {
        try withDocuments(of: collection) { documents throws(StorageError) in
            documents.validation
        }
    }

    /// Sets what a collection's documents have to look like; `nil` for anything.
    public func setValidation(
        _ validation: DocumentValidation?, of collection: String
    ) async throws(StorageError) {
        try validation?.schema.check()
        try withCollections(collection) { collections throws(StorageError) in
            var documents = collections[collection] ?? InMemoryDocuments()
            documents.validation = validation
            collections[collection] = documents.isBare ? nil : documents
        }
    }
}

extension DocumentValidation {
    /// Refuses a document that breaks the schema.
    ///
    /// - Parameter old: What is in its place; `nil` for nothing.
    func check(_ document: Document, inPlaceOf old: Document?) throws(StorageError) {
        guard try !schema.allows(document) else { return }
        if level == .moderate, let old, try !schema.allows(old) { return }
        throw StorageError(
            code: .constraintViolation,
            message: "the document breaks a rule of the collection's schema",
            constraint: .init(.check))
    }
}
