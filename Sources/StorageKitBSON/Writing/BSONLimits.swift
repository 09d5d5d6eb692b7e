internal import StorageKit

/// What is refused, whatever the database takes.
enum BSONLimits {
    /// How many documents and arrays may be in each other, the outermost counted.
    ///
    /// MongoDB's manual, "MongoDB Limits and Thresholds": "MongoDB supports no more than 100
    /// levels of nesting for BSON documents." Each level is a few calls on the thread's stack.
    static let depth = 100

    static var tooDeep: StorageError {
        StorageError(
            code: .limitExceeded,
            message: "documents are at most \(depth) levels deep in each other")
    }

    static var tooLarge: StorageError {
        StorageError(code: .limitExceeded, message: "a document of BSON has less than 2 GiB")
    }
}
