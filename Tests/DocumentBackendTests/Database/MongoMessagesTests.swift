import StorageKit
import StorageKitBSON
import Testing

@testable import DocumentBackend

@Suite("Messages of writes")
struct MongoMessagesTests {
    private static let empty = Result { try BSONBuffer([:] as Document) }

    @Test("a message holds writes of one kind")
    func kinds() throws {
        let empty = try Self.empty.get()
        let insert = MongoWrite.insert(empty, id: 1)
        let replace = MongoWrite.replace(empty, with: empty, options: empty)
        let update = MongoWrite.updateMany(empty, empty, options: empty)
        let removals: [MongoWrite] = [.deleteOne(empty), .deleteMany(empty)]
        let writes = [insert, insert, replace, update] + removals + [insert]
        #expect(writes.messages.map(\.indices) == [0..<2, 2..<4, 4..<6, 6..<7])
        #expect([MongoWrite]().messages.isEmpty)
    }

    @Test("a message is no larger than a server takes, and what may not be sent has its own")
    func sizes() throws {
        let empty = try Self.empty.get()
        let text = DocumentValue.string(String(repeating: "x", count: 10_000_000))
        let large = try BSONBuffer(["text": text] as Document)
        let insert = MongoWrite.insert(large, id: 1)
        let inserts = Array(repeating: insert, count: 9)
        #expect(inserts.messages.map(\.indices) == [0..<4, 4..<8, 8..<9])
        let small = MongoWrite.updateOne(empty, empty, options: empty)
        let tooLarge = MongoWrite.updateOne(large, large, options: empty)
        let updates = [small, small, tooLarge, small, small]
        #expect(updates.messages.map(\.indices) == [0..<2, 2..<3, 3..<5])
    }
}
