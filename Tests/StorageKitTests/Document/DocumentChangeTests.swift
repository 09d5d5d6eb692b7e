import StorageKit
import Testing

@Suite("What feeds tell of documents")
struct DocumentChangeTests {
    @Test("a description has what makes of a document the one after it, and no more")
    func descriptions() {
        let old: Document = ["_id": 1, "a": 1, "b": ["c": 1, "d": ["e": 2]], "f": [1, 2], "g": 1]
        let new: Document = [
            "_id": 1, "a": .int32(1), "b": ["c": 1, "d": ["e": 3, "h": 4]], "f": [1, 2], "i": 5,
        ]
        let description = DocumentUpdateDescription(from: old, to: new)
        #expect(description.updated == ["a": .int32(1), "b.d.e": 3, "b.d.h": 4, "i": 5])
        #expect(description.removed == ["g"])
        #expect(description.truncated.isEmpty)
        #expect(DocumentUpdateDescription(from: new, to: new) == DocumentUpdateDescription())
    }

    @Test("a document in the place of another value, and the other way round, is told as a whole")
    func kinds() {
        let description = DocumentUpdateDescription(
            from: ["a": ["b": 1], "c": 1], to: ["a": 1, "c": ["d": 1]])
        #expect(description == DocumentUpdateDescription(updated: ["a": 1, "c": ["d": 1]]))
    }

    @Test("a position survives its text, and knows what it belongs to")
    func positions() throws {
        let token: DocumentValue = ["_data": "8263", "_typeBits": .int32(7)]
        let position = DocumentFeedPosition(token, of: "app.users", kind: "mongodb")
        let kept = try DocumentFeedPosition(position.text)
        #expect(kept == position)
        #expect(try kept.token(of: "app.users", kind: "mongodb") == token)
        for (collection, kind) in [("app.orders", "mongodb"), ("app.users", "memory")] {
            let error = #expect(throws: StorageError.self) {
                try kept.token(of: collection, kind: kind)
            }
            #expect(error?.code == .invalidArgument)
        }
    }
}
