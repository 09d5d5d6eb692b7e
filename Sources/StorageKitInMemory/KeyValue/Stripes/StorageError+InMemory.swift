internal import StorageKit

extension StorageError {
    /// The error for a key that holds another kind of value than the operation is for.
    static func wrongType() -> StorageError {
        StorageError(
            code: .wrongType,
            message: "the key holds another kind of value than the operation is for")
    }

    /// The error for a counter whose value is no number.
    static func noNumber(_ kind: String) -> StorageError {
        StorageError(code: .decodingFailed, message: "the value is not \(kind) in decimal digits")
    }

    /// The error for a sum that cannot be represented.
    static func sumOutOfRange() -> StorageError {
        StorageError(code: .outOfRange, message: "the sum does not fit; the value stays as it was")
    }

    /// The error for a cursor that this store did not give for this scan.
    static func foreignCursor() -> StorageError {
        StorageError(
            code: .invalidArgument,
            message: "the cursor is not one of this scan; begin again without a cursor")
    }
}
