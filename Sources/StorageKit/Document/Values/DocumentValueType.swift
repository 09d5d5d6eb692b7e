/// The types a ``DocumentValue`` can have.
///
/// The raw value is the byte that stands for the type in BSON, with `minKey` as -1 and `maxKey` as
/// 127: the numbers MongoDB's `$type` takes.
public enum DocumentValueType: Int8, CaseIterable, Hashable, Sendable {
    case double = 1
    case string = 2
    case document = 3
    case array = 4
    case binary = 5
    case undefined = 6
    case objectID = 7
    case bool = 8
    case date = 9
    case null = 10
    case regularExpression = 11
    case pointer = 12
    case javaScript = 13
    case symbol = 14
    case javaScriptWithScope = 15
    case int32 = 16
    case timestamp = 17
    case int64 = 18
    case decimal128 = 19
    case minKey = -1
    case maxKey = 127

    /// The four types of numbers, which compare with each other by what they are worth.
    public static let numbers: [DocumentValueType] = [.double, .int32, .int64, .decimal128]
}

extension DocumentValue {
    /// Which type it has.
    public var type: DocumentValueType {
        switch self {
        case .double: .double
        case .string: .string
        case .document: .document
        case .array: .array
        case .binary: .binary
        case .undefined: .undefined
        case .objectID: .objectID
        case .bool: .bool
        case .date: .date
        case .null: .null
        case .regularExpression: .regularExpression
        case .pointer: .pointer
        case .javaScript: .javaScript
        case .symbol: .symbol
        case .javaScriptWithScope: .javaScriptWithScope
        case .int32: .int32
        case .timestamp: .timestamp
        case .int64: .int64
        case .decimal128: .decimal128
        case .minKey: .minKey
        case .maxKey: .maxKey
        }
    }
}
