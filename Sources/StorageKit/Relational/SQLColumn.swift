#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// One column of the row a query is at, before it is decoded.
///
/// Reading is strict: a value of another type is an error and never converted in silence, except
/// where nothing can be lost (an integer read as a real number that represents it exactly). NULL is
/// an error unless ``isNull`` was asked first. Every error has the code
/// ``StorageError/Code/decodingFailed``, names the column and withholds the value.
///
/// A column is valid only until the query moves to its next row; do not keep it.
public protocol SQLColumn {
    /// The column's name in the result.
    var name: String { get }
    /// Whether it holds NULL.
    var isNull: Bool { get }
    /// What it holds, in the case that is nearest to how the database stores it.
    func value() throws(StorageError) -> SQLValue
    /// A boolean.
    func boolean() throws(StorageError) -> Bool
    /// A signed 64-bit integer.
    func integer() throws(StorageError) -> Int64
    /// A real number.
    func real() throws(StorageError) -> Double
    /// Text.
    func text() throws(StorageError) -> String
    /// Bytes.
    func bytes() throws(StorageError) -> [UInt8]
    /// A date.
    func date() throws(StorageError) -> Date
    /// A universally unique identifier.
    func uuid() throws(StorageError) -> UUID
}

extension SQLColumn {
    /// The error for a value that does not fit the type asked for.
    ///
    /// - Parameters:
    ///   - wanted: The Swift type.
    ///   - found: What is stored, in the database's words, for example `TEXT`.
    public func mismatch(wanted: String, found: String) -> StorageError {
        StorageError(
            code: .decodingFailed,
            message: "column \"\(name)\" holds \(found), which is no \(wanted); "
                + "change the type it is decoded to, or the data")
    }
}
