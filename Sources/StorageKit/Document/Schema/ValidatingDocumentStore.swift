/// A document store whose collections can refuse documents that do not look as they should.
///
/// ```swift
/// try await store.setValidation(
///     DocumentValidation(.document([.required("name", .string(minimumLength: 1))])), of: "users")
/// ```
///
/// A write that would make a document break the schema is refused
/// (``StorageError/Code/constraintViolation``); of a call with many writes, that one alone.
/// Documents that are there already stay as they are, and are read as before.
public protocol ValidatingDocumentStore: DocumentStore {
    /// What a collection's documents have to look like; `nil` for anything.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/unsupported`` when others have made a rule that a
    ///   ``DocumentValidation`` does not have.
    func validation(of collection: String) async throws(StorageError) -> DocumentValidation?

    /// Sets what a collection's documents have to look like; `nil` for anything.
    ///
    /// One round trip; two when the collection is not there, which is made then, and three when
    /// somebody makes it at that moment.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` when the schema can never be right.
    func setValidation(
        _ validation: DocumentValidation?, of collection: String
    ) async throws(StorageError)
}

extension DocumentCollection where Store: ValidatingDocumentStore {
    /// What the documents have to look like; `nil` for anything.
    ///
    /// One round trip.
    ///
    /// - Throws: As ``ValidatingDocumentStore/validation(of:)`` does.
    public func validation() async throws(StorageError) -> DocumentValidation? {
        try await store.validation(of: name)
    }

    /// Sets what the documents have to look like; `nil` for anything.
    ///
    /// One round trip, and more when the collection is not there.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` when the schema can never be right.
    public func setValidation(_ validation: DocumentValidation?) async throws(StorageError) {
        try await store.setValidation(validation, of: name)
    }
}
