internal import StorageKit

extension StorageError {
    /// What a type's decoding threw.
    init(decoding error: any Error) {
        self =
            switch error {
            case let error as StorageError: error
            case DecodingError.keyNotFound(let key, let context):
                Self.decoding("there is no such field", context.codingPath + [key], error)
            case DecodingError.typeMismatch(_, let context):
                Self.decoding("a value of another type is due", context.codingPath, error)
            case DecodingError.valueNotFound(_, let context):
                Self.decoding("a value is due", context.codingPath, error)
            case DecodingError.dataCorrupted(let context):
                Self.decoding("the type refuses the value", context.codingPath, error)
            default: Self.decoding("the type's own decoding failed", [], error)
            }
    }

    /// What a type's encoding threw.
    init(encoding error: any Error) {
        self =
            switch error {
            case let error as StorageError: error
            case EncodingError.invalidValue(_, let context):
                Self.encoding("the type refuses the value", context.codingPath, error)
            default: Self.encoding("the type's own encoding failed", [], error)
            }
    }

    private static func decoding(
        _ what: String, _ path: [any CodingKey], _ error: any Error
    ) -> StorageError {
        StorageError(code: .decodingFailed, message: message(what, path), underlying: error)
    }

    private static func encoding(
        _ what: String, _ path: [any CodingKey], _ error: any Error
    ) -> StorageError {
        StorageError(code: .encodingFailed, message: message(what, path), underlying: error)
    }

    private static func message(_ what: String, _ path: [any CodingKey]) -> String {
        let words = path.map(\.stringValue).joined(separator: ".")
        return words.isEmpty ? what : "at \(words): \(what)"
    }
}
