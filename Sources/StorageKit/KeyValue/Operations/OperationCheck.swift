/// The rules that ``KeyValueOperation/check(against:)`` applies to the parts of an operation.
struct OperationCheck {
    let limits: KeyValueLimits
    let operation: KeyValueOperation

    func key(_ key: ByteString) throws(StorageError) {
        guard key.count <= limits.maximumKeyBytes else {
            throw exceeded("a key, field or member has \(key.count) bytes", limits.maximumKeyBytes)
        }
    }

    func keys(_ keys: [ByteString]) throws(StorageError) {
        try count(keys.count)
        for key in keys { try self.key(key) }
    }

    func value(_ value: ByteString) throws(StorageError) {
        guard value.count <= limits.maximumValueBytes else {
            throw exceeded("a value has \(value.count) bytes", limits.maximumValueBytes)
        }
    }

    func values(_ values: [ByteString]) throws(StorageError) {
        try count(values.count)
        for value in values { try self.value(value) }
    }

    func count(_ count: Int) throws(StorageError) {
        guard count <= limits.maximumElementsPerCall else {
            throw exceeded("the call has \(count) elements", limits.maximumElementsPerCall)
        }
    }

    func write(
        _ key: ByteString, _ value: ByteString, _ expiration: KeyExpiration
    ) throws(StorageError) {
        try self.key(key)
        try self.value(value)
        try self.expiration(expiration)
    }

    func expiration(_ expiration: KeyExpiration) throws(StorageError) {
        if case .after(let time) = expiration { try timeToLive(time) }
    }

    func timeToLive(_ time: Duration) throws(StorageError) {
        guard time > .zero else {
            throw invalid("a time to live must be more than zero; to end a key now, delete it")
        }
        guard time <= limits.maximumTimeToLive else {
            throw exceeded("a time to live is \(time)", limits.maximumTimeToLive)
        }
    }

    func limit(_ limit: Int) throws(StorageError) {
        guard limit > 0 else { throw invalid("a limit must be at least 1") }
    }

    func some(_ elements: [ByteString], _ what: String) throws(StorageError) {
        guard !elements.isEmpty else { throw invalid("give at least one of the \(what)") }
    }

    func finite(_ number: Double) throws(StorageError) {
        guard number.isFinite else { throw invalid("an amount must be finite") }
    }

    func score(_ score: Double) throws(StorageError) {
        guard !score.isNaN else { throw invalid("a score must be a number, not NaN") }
    }

    func scores(_ range: ScoreRange) throws(StorageError) {
        guard !range.hasNaN else { throw invalid("the bounds of a range must not be NaN") }
    }

    func ranks(_ range: Range<Int>) throws(StorageError) {
        guard range.lowerBound >= 0 else {
            throw invalid("ranks and indexes begin at 0; for the other end reverse the order")
        }
    }

    private func invalid(_ message: String) -> StorageError {
        StorageError(code: .invalidArgument, message: message, operation: operation.name)
    }

    private func exceeded(_ what: String, _ limit: some Any) -> StorageError {
        StorageError(
            code: .limitExceeded, message: "\(what), and the store takes \(limit)",
            operation: operation.name)
    }
}

extension OperationCheck {
    func hash(_ operation: HashOperation) throws(StorageError) {
        switch operation {
        case .set(let fields):
            try count(fields.count)
            for field in fields {
                try key(field.name)
                try value(field.value)
            }
        case .getMany(let names), .delete(let names): try keys(names)
        case .get(let name), .exists(let name), .increment(let name, _): try key(name)
        case .incrementFloat(let name, let amount):
            try key(name)
            try finite(amount)
        case .scan(_, let limit): try self.limit(limit)
        case .getAll, .count: break
        }
    }

    func sortedSet(_ operation: SortedSetOperation) throws(StorageError) {
        switch operation {
        case .add(let members, _):
            try count(members.count)
            for member in members {
                try key(member.member)
                try score(member.score)
            }
        case .remove(let members): try keys(members)
        case .score(let member), .rank(let member, _): try key(member)
        case .increment(let member, let amount):
            try key(member)
            try score(amount)
        case .removeRanks(let range), .rangeByRank(let range, _): try ranks(range)
        case .removeScores(let range), .countScores(let range): try scores(range)
        case .rangeByScore(let range, _, let limit):
            try scores(range)
            try self.limit(limit)
        case .pop(_, let limit): try self.limit(limit)
        case .count: break
        }
    }

    func list(_ operation: ListOperation) throws(StorageError) {
        switch operation {
        case .push(let values, _):
            try some(values, "values")
            try self.values(values)
        case .popMany(_, let limit): try self.limit(limit)
        case .range(let range), .trim(let range): try ranks(range)
        case .remove(let value, let limit):
            try self.value(value)
            if let limit { try self.limit(limit) }
        case .pop, .count: break
        }
    }

    func memberSet(_ operation: SetOperation) throws(StorageError) {
        switch operation {
        case .add(let members), .remove(let members): try keys(members)
        case .contains(let member): try key(member)
        case .scan(_, let limit): try self.limit(limit)
        case .members, .count: break
        }
    }
}
