internal import StorageKit

extension KeyValueStripe {
    mutating func perform(
        _ operation: SetOperation, on key: Key, at time: inout OperationTime
    ) throws(StorageError) -> KeyValueReply {
        switch operation {
        case .add(let members):
            return try change(StoredSet.self, key, at: &time) {
                .integer(Int64($0.add(members)))
            }
        case .remove(let members):
            return try change(StoredSet.self, key, at: &time) {
                .integer(Int64($0.remove(members)))
            }
        case .contains(let member):
            let set = try collection(StoredSet.self, key, at: &time)
            return .flag(set.contains(member))
        case .members: return .elements(try collection(StoredSet.self, key, at: &time).all)
        case .count:
            return .integer(Int64(try collection(StoredSet.self, key, at: &time).members.count))
        case .scan(let cursor, let limit):
            let set = try collection(StoredSet.self, key, at: &time)
            return .elementPage(try set.page(after: cursor, limit))
        }
    }
}

extension StoredSet {
    /// Every member.
    var all: [ByteString] {
        var all: [ByteString] = []
        all.reserveCapacity(members.count)
        members.forEach { member, _ in all.append(member) }
        return all
    }

    func contains(_ member: ByteString) -> Bool { members.slot(of: HashedKey(member)) != nil }

    /// - Returns: How many of them are new.
    fileprivate mutating func add(_ new: [ByteString]) -> Int {
        new.count { members.update(.vacant, for: HashedKey($0)) }
    }

    /// - Returns: How many of them there were.
    fileprivate mutating func remove(_ old: [ByteString]) -> Int {
        old.count { members.remove(HashedKey($0)) }
    }

    fileprivate func page(
        after cursor: ScanCursor?, _ limit: Int
    ) throws(StorageError) -> ScanPage<ByteString> {
        let start = try ScanPosition(cursor, of: .members).slot
        var found: [ByteString] = []
        let (_, next) = members.visit(from: start, limit: limit) { member, _ in
            found.append(member)
        }
        let cursor = next.map { ScanPosition(scan: .members, slot: $0).cursor }
        return ScanPage(elements: found, next: cursor)
    }
}

extension SetCombination {
    /// The members of sets combined.
    func combine(_ sets: [StoredSet]) -> [ByteString] {
        guard let first = sets.first else { return [] }
        switch self {
        case .union:
            var union = Set<ByteString>()
            for set in sets { set.members.forEach { member, _ in union.insert(member) } }
            return Array(union)
        case .intersection:
            let smallest = sets.min { $0.members.count < $1.members.count } ?? first
            return smallest.all.filter { member in sets.allSatisfy { $0.contains(member) } }
        case .difference:
            return first.all.filter { member in
                !sets.dropFirst().contains { $0.contains(member) }
            }
        }
    }
}
