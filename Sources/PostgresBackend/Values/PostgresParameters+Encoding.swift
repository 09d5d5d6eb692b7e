#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import StorageKit

extension PostgresParameters {
    /// The values in their order.
    ///
    /// A value has a type where Swift's says which. Text has none, so that the server takes it for
    /// what the place asks for: an enumeration, `jsonb`, `inet`.
    init(_ values: some Collection<SQLValue>) throws(StorageError) {
        self.init(capacity: values.count)
        for value in values { try append(value) }
    }

    mutating func append(_ value: SQLValue) throws(StorageError) {
        switch value {
        case .null: appendNull()
        case .boolean(let value): append(binary: CollectionOfOne(value ? 1 : 0), as: .bool)
        case .integer(let value): append(bigEndian: value, as: .int8)
        case .real(let value): append(bigEndian: value.bitPattern, as: .float8)
        case .text(let value), .json(let value): try append(text: value)
        case .bytes(let value): append(binary: value, as: .bytea)
        case .date(let value):
            append(bigEndian: try PostgresDate.microseconds(value), as: .timestampTZ)
        case .uuid(let value): withUnsafeBytes(of: value.uuid) { append(binary: $0, as: .uuid) }
        case .decimal(let value): try append(text: value.description, as: .numeric)
        }
    }
}
