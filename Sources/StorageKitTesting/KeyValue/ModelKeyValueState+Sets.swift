import StorageKit

extension ModelKeyValueState {
    mutating func memberSet(
        _ key: ByteString, _ part: SetOperation, _ operation: KeyValueOperation
    ) throws(StorageError) -> KeyValueReply {
        var members = try set(key, operation)
        let reply = Self.apply(part, to: &members)
        guard !operation.isReadOnly else { return reply }
        let deadline = self[key]?.deadline
        self[key] = members.isEmpty ? nil : Entry(content: .set(members), deadline: deadline)
        return reply
    }

    func combine(
        _ how: SetCombination, _ keys: [ByteString], _ operation: KeyValueOperation
    ) throws(StorageError) -> [ByteString] {
        var combined = try set(keys[0], operation)
        for key in keys.dropFirst() {
            let other = try set(key, operation)
            switch how {
            case .union: combined.formUnion(other)
            case .intersection: combined.formIntersection(other)
            case .difference: combined.subtract(other)
            }
        }
        return combined.sorted()
    }

    private func set(
        _ key: ByteString, _ operation: KeyValueOperation
    ) throws(StorageError) -> Set<ByteString> {
        switch self[key]?.content {
        case nil: return []
        case .set(let members): return members
        default: throw Self.wrongType(operation)
        }
    }

    private static func apply(
        _ part: SetOperation, to members: inout Set<ByteString>
    ) -> KeyValueReply {
        switch part {
        case .add(let new): return .integer(Int64(new.count { members.insert($0).inserted }))
        case .remove(let old): return .integer(Int64(old.count { members.remove($0) != nil }))
        case .contains(let member): return .flag(members.contains(member))
        case .members: return .elements(members.sorted())
        case .count: return .integer(Int64(members.count))
        case .scan(let cursor, let limit):
            return .elementPage(
                ModelPage(members.sorted(), after: cursor, limit: limit) { $0 }.scanPage)
        }
    }
}
