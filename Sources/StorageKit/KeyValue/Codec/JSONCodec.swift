#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A `Codable` type as JSON.
///
/// Keys are sorted, so that equal values have equal bytes and can be compared and swapped. That
/// does not hold for what has no order of its own, a `Set` and a dictionary whose keys are neither
/// `String` nor `Int`, and where Swift calls different things equal: 0 and -0, or a letter with its
/// accent and the two apart. Dates are numbers of seconds since 2001, Foundation's own form, exact
/// to the bit.
public struct JSONCodec<Value: Codable & Sendable>: ValueCodec {
    /// Creates the codec.
    public init() {}

    /// The JSON of a value.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` when it has none, for example for NaN.
    public func encode(_ value: Value) throws(StorageError) -> ByteString {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return ByteString(bytes: try encoder.encode(value))
        } catch {
            throw StorageError(
                code: .encodingFailed, message: "a \(Value.self) could not be written as JSON",
                underlying: error)
        }
    }

    /// The value of JSON.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` when it is not JSON or not of this shape.
    public func decode(_ bytes: ByteString) throws(StorageError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes.bytes))
        } catch {
            throw StorageError(
                code: .decodingFailed, message: "the value is not the JSON of a \(Value.self)",
                underlying: error)
        }
    }
}
