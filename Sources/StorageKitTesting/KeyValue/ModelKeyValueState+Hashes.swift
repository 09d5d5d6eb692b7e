import StorageKit

extension ModelKeyValueState {
    mutating func hash(
        _ key: ByteString, _ part: HashOperation, _ operation: KeyValueOperation
    ) throws(StorageError) -> KeyValueReply {
        let before = self[key]
        var fields: [ByteString: ByteString] = [:]
        switch before?.content {
        case nil: break
        case .hash(let found): fields = found
        default: throw Self.wrongType(operation)
        }
        let reply = try Self.apply(part, to: &fields, operation)
        guard !operation.isReadOnly else { return reply }
        self[key] =
            fields.isEmpty ? nil : Entry(content: .hash(fields), deadline: before?.deadline)
        return reply
    }

    private static func apply(
        _ part: HashOperation, to fields: inout [ByteString: ByteString],
        _ operation: KeyValueOperation
    ) throws(StorageError) -> KeyValueReply {
        switch part {
        case .set(let new):
            let count = fields.count
            for field in new { fields[field.name] = field.value }
            return .integer(Int64(fields.count - count))
        case .get(let name): return .value(fields[name])
        case .getMany(let names): return .values(names.map { fields[$0] })
        case .getAll: return .fields(fields)
        case .increment(let name, let amount):
            let sum = try sum(fields[name], amount, operation)
            fields[name] = "\(sum)"
            return .integer(sum)
        case .incrementFloat(let name, let amount):
            let sum = try sum(fields[name], amount, operation)
            fields[name] = text(sum)
            return .number(sum)
        case .delete(let names):
            return .integer(Int64(names.count { fields.removeValue(forKey: $0) != nil }))
        case .exists(let name): return .flag(fields[name] != nil)
        case .count: return .integer(Int64(fields.count))
        case .scan(let cursor, let limit):
            let sorted = fields.map { HashField(name: $0.key, value: $0.value) }
                .sorted { $0.name < $1.name }
            return .fieldPage(ModelPage(sorted, after: cursor, limit: limit, name: \.name).scanPage)
        }
    }
}
