import StorageKit
import StorageKitInMemory
import Testing

@Suite("Changes by values that encode themselves")
struct FieldEncodingTests {
    private struct Post: Codable, Equatable, Sendable {
        var title: String
        var likes: Int
    }

    private struct Author: Codable, Equatable, Sendable {
        enum CodingKeys: String, CodingKey { case id = "_id", posts, pinned }
        var id: String
        var posts: [Post]
        var pinned: Post?

        static let id = Field<String>("_id")
        static let posts = Field<[Post]>("posts")
        static let pinned = Field<Post>("pinned")
    }

    private struct Refusing: Encodable {
        struct Cause: Error {}
        func encode(to encoder: any Encoder) throws { throw Cause() }
    }

    private let authors = DocumentCollection(
        "authors", of: Author.self, in: InMemoryDocumentStore())

    @Test("what was pushed and set reads as part of the entity")
    func change() async throws {
        try await authors.insert(Author(id: "ana", posts: [Post(title: "a", likes: 5)]))
        try await authors.updateOne(
            Author.id == "ana",
            [
                Author.posts.push(
                    encoding: [Post(title: "b", likes: 9), Post(title: "c", likes: 1)],
                    sorting: .byFields([DocumentOrder("likes", .descending)]), slice: 2),
                Author.pinned.set(encoding: Post(title: "p", likes: 0)),
            ])
        let expected = Author(
            id: "ana", posts: [Post(title: "b", likes: 9), Post(title: "a", likes: 5)],
            pinned: Post(title: "p", likes: 0))
        #expect(try await authors.first(.all) == expected)
    }

    @Test("what does not encode is refused before anybody is asked")
    func refused() {
        func code(_ body: () throws -> Void) -> StorageError.Code? {
            do { try body() } catch { return (error as? StorageError)?.code }
            return nil
        }
        #expect(
            code { _ = try Field<Refusing>("a").set(encoding: Refusing()) } == .encodingFailed)
        #expect(
            code { _ = try Field<[Refusing]>("a").push(encoding: [Refusing()]) } == .encodingFailed)
    }
}
