/// The bytes that stand for types.
///
/// Source: bsonspec.org, version 1.1.
enum BSONElementType {
    /// None yet; it ends a document.
    static let unknown: UInt8 = 0x00
    static let double: UInt8 = 0x01
    static let string: UInt8 = 0x02
    static let document: UInt8 = 0x03
    static let array: UInt8 = 0x04
    static let binary: UInt8 = 0x05
    static let undefined: UInt8 = 0x06
    static let objectID: UInt8 = 0x07
    static let bool: UInt8 = 0x08
    static let date: UInt8 = 0x09
    static let null: UInt8 = 0x0A
    static let regularExpression: UInt8 = 0x0B
    static let pointer: UInt8 = 0x0C
    static let javaScript: UInt8 = 0x0D
    static let symbol: UInt8 = 0x0E
    static let javaScriptWithScope: UInt8 = 0x0F
    static let int32: UInt8 = 0x10
    static let timestamp: UInt8 = 0x11
    static let int64: UInt8 = 0x12
    static let decimal128: UInt8 = 0x13
    static let maxKey: UInt8 = 0x7F
    static let minKey: UInt8 = 0xFF

    /// What a type is called in messages.
    static func name(_ type: UInt8) -> String {
        switch type {
        case double: "a double"
        case string: "a string"
        case document: "a document"
        case array: "an array"
        case binary: "binary data"
        case undefined: "undefined"
        case objectID: "an ObjectID"
        case bool: "a boolean"
        case date: "a date"
        case null: "null"
        case regularExpression: "a regular expression"
        case pointer: "a pointer"
        case javaScript, javaScriptWithScope: "a program"
        case symbol: "a symbol"
        case int32: "a 32-bit integer"
        case timestamp: "a timestamp"
        case int64: "a 64-bit integer"
        case decimal128: "a decimal"
        case maxKey: "the greatest key"
        case minKey: "the least key"
        default: "of an unknown type"
        }
    }
}
