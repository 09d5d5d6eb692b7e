internal import StorageKit

/// A walk over results that can be ended from outside: with its transaction.
protocol MongoEndableWalk: AnyObject, Sendable {
    /// Gives its cursor back; on the thread that has it.
    func end()
}

/// Where a reader is in the results of a query.
///
// @unchecked Sendable: it is used on the thread of the lease that holds its cursor's client, and
// nowhere else.
final class MongoWalk<Entity: Decodable>: MongoEndableWalk, @unchecked Sendable {
    private var cursor: MongoCursor?
    private(set) var hasBegun = false

    /// Whether everything has been read.
    var isOver: Bool { hasBegun && cursor == nil }

    func begin(_ cursor: MongoCursor?) {
        hasBegun = true
        self.cursor = cursor
    }

    /// The next documents: so many, or fewer large ones.
    func nextBatch(_ limit: Int) throws(StorageError) -> [Entity] {
        var batch: [Entity] = []
        var bytes = 0
        while batch.count < limit, bytes < Self.byteLimit, let cursor {
            do throws(StorageError) {
                guard let (entity, count) = try cursor.next(Entity.self) else {
                    end()
                    break
                }
                batch.append(entity)
                bytes += count
            } catch {
                end()
                throw error
            }
        }
        return batch
    }

    /// Gives the cursor back, and with it what is left on the server.
    func end() { cursor = nil }

    /// As much as the server sends at once.
    private static var byteLimit: Int { 16 << 20 }
}
