extension StorageError {
    /// The error for whatever a type's `init(from:)` threw.
    ///
    /// A `DecodingError` carries a debug description that may quote the value, so only its kind and
    /// its place are taken over.
    @usableFromInline
    package init(decoding error: any Error, of type: String) {
        switch error {
        case let error as StorageError:
            self = error
        case DecodingError.keyNotFound(let key, _):
            self.init(
                code: .decodingFailed,
                message: "\(type) needs a column \"\(key.stringValue)\" and the result has none; "
                    + "select it or make the property optional")
        case is DecodingError:
            self.init(
                code: .decodingFailed,
                message: "a value does not fit \(type); change the type or the data")
        default:
            self.init(
                code: .decodingFailed,
                message: "\(type) refused the row; see its init(from:)", underlying: error)
        }
    }
}
