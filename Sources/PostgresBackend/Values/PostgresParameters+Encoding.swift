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
        reserve(values.count, bytes: values.reduce(0) { $0 + Self.room(for: $1) })
        for value in values { try append(value) }
    }

    /// How many bytes a value may take, and one behind it; a guess where it has to be written
    /// first.
    private static func room(for value: SQLValue) -> Int {
        switch value {
        case .null: 0
        case .boolean, .integer, .real, .date, .uuid: 17
        case .decimal: 40
        case .text(let text), .json(let text): text.utf8.count + 1
        case .bytes(let bytes): bytes.count + 1
        }
    }

    private mutating func append(_ value: SQLValue) throws(StorageError) {
        switch value {
        case .null: appendNull()
        case .boolean(let value): append(binary: CollectionOfOne(value ? 1 : 0), as: .bool)
        case .integer(let value): append(bigEndian: value, as: .int8)
        case .real(let value): append(bigEndian: value.bitPattern, as: .float8)
        case .text(let value), .json(let value): append(text: try Self.checked(value))
        case .bytes(let value): append(binary: value, as: .bytea)
        case .date(let value):
            append(bigEndian: try PostgresDate.microseconds(value), as: .timestampTZ)
        case .uuid(let value): withUnsafeBytes(of: value.uuid) { append(binary: $0, as: .uuid) }
        case .decimal(let value): append(text: value.description, as: .numeric)
        }
    }

    private static func checked(_ text: String) throws(StorageError) -> String {
        guard text.utf8.contains(0) else { return text }
        throw StorageError(
            code: .encodingFailed,
            message: "PostgreSQL's text cannot hold a NUL character; store bytes instead")
    }
}
