import StorageKit

extension ModelKeyValueState {
    mutating func conditional(
        _ operation: KeyValueOperation
    ) throws(StorageError) -> KeyValueReply {
        switch operation {
        case .setIf(let condition, let key, let value, let expiration):
            guard try holds(condition, key, operation) else { return .flag(false) }
            write(key, value, expiration)
            return .flag(true)
        case .deleteIf(let expected, let key):
            guard try value(key, operation) == expected else { return .flag(false) }
            return .flag(delete(key))
        case .exchange(let key, let value, let expiration):
            let before = try self.value(key, operation)
            write(key, value, expiration)
            return .value(before)
        case .take(let key):
            let before = try value(key, operation)
            _ = delete(key)
            return .value(before)
        default: preconditionFailure("\(operation.name) has no condition")
        }
    }

    private func holds(
        _ condition: WriteCondition, _ key: ByteString, _ operation: KeyValueOperation
    ) throws(StorageError) -> Bool {
        switch condition {
        case .absent: self[key] == nil
        case .present: self[key] != nil
        case .equal(let expected): try value(key, operation) == expected
        }
    }
}
