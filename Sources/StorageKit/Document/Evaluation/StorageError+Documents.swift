extension StorageError {
    /// The error for a filter, an update or another part of a call that can never be right.
    package static func invalidDocumentArgument(_ message: String) -> StorageError {
        StorageError(code: .invalidArgument, message: message)
    }

    /// The error for a change that does not fit what is in the document.
    static func changeDoesNotFit(_ change: String, _ path: String) -> StorageError {
        StorageError(
            code: .wrongType, message: "\(change) does not fit what the document has at \(path)")
    }
}
