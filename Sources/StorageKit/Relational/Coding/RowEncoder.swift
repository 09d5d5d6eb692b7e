/// Where the containers of one encoding put what they are given.
final class RowCollector {
    var columns: [String] = []
    var values: [SQLValue] = []
    /// Set by the parts of `Encoder` that cannot throw.
    var failure: StorageError?

    /// Sets a column; as with any encoder, the last value given to a key counts.
    func set(_ value: SQLValue, for column: String) {
        if let index = columns.firstIndex(of: column) {
            values[index] = value
        } else {
            columns.append(column)
            values.append(value)
        }
    }
}

/// Encodes an entity as a row.
struct RowEncoder: Encoder {
    let collector: RowCollector

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(RowEncodingContainer(collector: collector))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        fail()
        return IgnoringContainer()
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        fail()
        return IgnoringContainer()
    }

    private func fail() {
        collector.failure = StorageError(
            code: .encodingFailed,
            message: "a row is encoded from a struct with keys, not from an array or a single value"
        )
    }
}

extension StorageError {
    /// The error for whatever a type's `encode(to:)` threw.
    ///
    /// An `EncodingError` holds the value itself, so only its place is taken over.
    init(encoding error: any Error, of type: String) {
        switch error {
        case let error as StorageError:
            self = error
        case EncodingError.invalidValue(_, let context):
            let place = context.codingPath.map(\.stringValue).joined(separator: ".")
            self.init(
                code: .encodingFailed,
                message: "a value at \"\(place)\" of \(type) cannot be stored")
        default:
            self.init(
                code: .encodingFailed,
                message: "\(type) could not be encoded; see its encode(to:)", underlying: error)
        }
    }
}
