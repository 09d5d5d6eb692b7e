import ExampleSupport
import StorageKit

// What only some stores do, and both of these: sums, indexes, plans, transactions, feeds.
extension Scenes {
    func countLikes() async throws {
        terminal.title("Likes of a city", "an aggregation: the posts taken apart, then grouped")
        let rows = users.aggregate(
            .unwind(User.posts),
            .group(
                by: User.location,
                ["likes": .sum(User.posts.appending(Post.likes)), "posts": .count]),
            .sort(DocumentOrder("likes", .descending), DocumentOrder(.id)),
            as: LikesOfCity.self)
        var likes: [LikesOfCity] = []
        for try await row in rows { likes.append(row) }
        terminal.chart(likes.map { ("\($0.city), \($0.posts) posts", $0.likes) })
        let expected = [
            LikesOfCity(city: "Berlin", likes: 111, posts: 5),
            LikesOfCity(city: "London", likes: 42, posts: 1),
            LikesOfCity(city: "Stockholm", likes: 17, posts: 1),
        ]
        try expect(likes == expected, "three cities have likes, Berlin most")
    }

    func violateIndex() async throws {
        terminal.title("A unique index", "planned, printed, and made because you say so")
        let plan = try await users.indexPlan([
            DocumentIndex(User.email.ascending, isUnique: true),
            DocumentIndex(User.location.ascending),
        ])
        terminal.note("\(plan)")
        try await users.store.apply(plan)
        var twin = User.first[0]
        twin.id = "charles"
        do {
            try await users.insert(twin)
            throw Unexpected(what: "a second user with an address must be refused")
        } catch let error as StorageError {
            terminal.note("\(error)")
            try expect(error.code == .alreadyExists, "it is refused as a second one")
            try expect(error.constraint?.columns == ["email"], "the error names the field")
        }
        try expect(try await users.count(.all) == User.first.count, "nobody was added")
    }

    func showPlan() async throws {
        terminal.title("A query plan", "with the index, and for a field that has none")
        let indexed = try await users.explain(User.location == "Berlin")
        let scan = try await users.explain(User.posts.hasElement(Post.likes > 30))
        terminal.call("users in Berlin", indexed.indexes.joined(separator: ", "))
        terminal.call("users with a post of over 30 likes", scan.steps.last?.text ?? "")
        try expect(indexed.indexes == ["profile.location_1"], "the index is used")
        try expect(!indexed.scansCollection && scan.scansCollection, "only the other one scans")
    }

    /// Two documents that change together, or neither.
    func changeTogether() async throws {
        terminal.title(
            "A transaction", "the post \"Ideals\" moves from Emmy to Ada, or stays where it is")
        let post = Post(title: "Ideals", likes: 8)
        try await users.store.withRetryingTransaction { transaction in
            let users = users.in(transaction)
            try await users.updateOne(
                User.id == "emmy", [User.posts.pull(where: Post.title == post.title)])
            try await users.updateOne(User.id == "ada", [User.posts.push(encoding: [post])])
        }
        do {
            try await users.store.withTransaction { transaction in
                try await users.in(transaction).deleteOne(User.id == "ada")
                throw Unexpected(what: "changed my mind")
            }
        } catch let error as Unexpected {
            terminal.call("a body that throws", error.what)
        }
        for id in ["ada", "emmy"] {
            let posts = try await users.first(User.id == id)?.posts.map(\.title) ?? []
            terminal.call(id, posts.joined(separator: ", "))
        }
        let ada = try await users.first(User.id == "ada")
        let emmy = try await users.first(User.id == "emmy")
        try expect(ada?.posts.map(\.title) == ["Note G", "Ideals"], "Ada has it, and is there")
        try expect(emmy?.posts.map(\.title) == ["Symmetry"], "Emmy has it no more")
    }

    /// A reader follows each write, and another one goes on from where the first one was.
    func watchChanges() async throws {
        terminal.title("A change feed", "told as it happens; a second reader goes on half-way")
        let grace = User(
            id: "grace", email: "grace@example.com",
            profile: Profile(name: "Grace", location: "New York"), posts: [])
        let post = Post(title: "The bug", likes: 47)
        let feed = try await users.changes(withDocuments: true).makeAsyncIterator()

        try await users.insert(grace)
        let inserted = try await next(of: feed)
        try show("Grace is inserted", inserted, as: "grace is new")
        try await users.updateOne(User.id == grace.id, [User.posts.push(encoding: [post])])
        try show("she posts", try await next(of: feed), as: "grace: 1 posts")
        try await users.deleteOne(User.id == grace.id)
        try show("she leaves", try await next(of: feed), as: "grace is gone")

        let rest = try await users.changes(after: inserted.position, withDocuments: true)
            .makeAsyncIterator()
        let told = try [describe(await next(of: rest)), describe(await next(of: rest))]
        terminal.call("behind the first one", told.joined(separator: ", "))
        // Of a document that is gone an update cannot tell how it is now.
        try expect(told == ["grace was changed", "grace is gone"], "nothing lost or repeated")
    }

    private func next(
        of feed: DocumentFeed<User>.Iterator
    ) async throws -> DocumentEvent<User> {
        var feed = feed
        guard let event = try await feed.next() else {
            throw Unexpected(what: "the feed has ended")
        }
        return event
    }

    private func show(
        _ what: String, _ event: DocumentEvent<User>, as expected: String
    ) throws {
        let told = try describe(event)
        terminal.call(what, told)
        try expect(told == expected, "the feed tells that \(expected)")
    }

    private func describe(_ event: DocumentEvent<User>) throws -> String {
        guard case .string(let id) = event.id else {
            throw Unexpected(what: "an event of no document")
        }
        return switch try event.change {
        case .inserted, .replaced: "\(id) is new"
        case .updated(_, let user?): "\(id): \(user.posts.count) posts"
        case .updated(_, nil): "\(id) was changed"
        case .deleted: "\(id) is gone"
        case .dropped: "the collection is gone"
        }
    }
}

/// A row of the aggregation.
struct LikesOfCity: Codable, Equatable, Sendable {
    enum CodingKeys: String, CodingKey { case city = "_id", likes, posts }

    var city: String
    var likes: Int
    var posts: Int
}
