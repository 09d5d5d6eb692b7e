import StorageKit

extension ModelKeyValueState {
    mutating func counter(_ operation: KeyValueOperation) throws(StorageError) -> KeyValueReply {
        switch operation {
        case .increment(let key, let amount):
            let sum = try Self.sum(try value(key, operation), amount, operation)
            write(key, ByteString("\(sum)"), .unchanged)
            return .integer(sum)
        case .incrementFloat(let key, let amount):
            let sum = try Self.sum(try value(key, operation), amount, operation)
            write(key, Self.text(sum), .unchanged)
            return .number(sum)
        default: preconditionFailure("\(operation.name) does not count")
        }
    }

    /// The sum of an integer's text, zero when there is none, and an amount.
    static func sum(
        _ text: ByteString?, _ amount: Int64, _ operation: KeyValueOperation
    ) throws(StorageError) -> Int64 {
        // Only the text that an integer is written as: no sign before a positive one, no zero.
        guard let number = Int64((text ?? "0").string ?? ""), ByteString("\(number)") == text ?? "0"
        else { throw notNumber(operation) }
        let (sum, overflows) = number.addingReportingOverflow(amount)
        guard !overflows else { throw outOfRange(operation) }
        return sum
    }

    /// The sum of a number's text, zero when there is none, and an amount.
    static func sum(
        _ text: ByteString?, _ amount: Double, _ operation: KeyValueOperation
    ) throws(StorageError) -> Double {
        let text = text ?? "0"
        guard text.bytes.allSatisfy(digits.contains), let number = Double(text.string ?? "") else {
            throw notNumber(operation)
        }
        guard (number + amount).isFinite else { throw outOfRange(operation) }
        return number + amount
    }

    /// A number as it is written: a whole one as an integer is.
    static func text(_ number: Double) -> ByteString {
        guard number == number.rounded(), abs(number) < 0x1p53 else { return "\(number)" }
        return "\(Int64(number))"
    }

    private static let digits = Set("0123456789+-.eE".utf8)

    private static func notNumber(_ operation: KeyValueOperation) -> StorageError {
        StorageError(
            code: .decodingFailed, message: "the value is not a number of this kind",
            operation: operation.name, store: "model")
    }

    static func outOfRange(_ operation: KeyValueOperation) -> StorageError {
        StorageError(
            code: .outOfRange, message: "the sum does not fit", operation: operation.name,
            store: "model")
    }
}
