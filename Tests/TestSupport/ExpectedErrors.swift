package import StorageKit
package import Testing

/// Runs the body, which must throw a `StorageError` with this code, and returns the error.
@discardableResult
package func expectError(
    _ code: StorageError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async throws -> StorageError {
    do { try await body() } catch let error as StorageError {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        return error
    }
    Issue.record("no error, where \(code) was expected", sourceLocation: sourceLocation)
    throw StorageError(code: .internalError, message: "no error")
}
