import ExampleSupport
import StorageKit

/// A store that has all that the example shows.
typealias ExampleStore = DocumentStore & AggregatingDocumentQuerying & IndexedDocumentStore
    & ExplainingDocumentStore & TransactionalDocumentStore & ChangeFeedDocumentStore

/// The example's scenes, in the order in which they are shown; each checks what it shows.
struct Scenes<Store: ExampleStore> {
    let users: DocumentCollection<Store, User>
    let terminal: Terminal

    init(store: Store, terminal: Terminal) {
        users = DocumentCollection("users", in: store)
        self.terminal = terminal
    }

    func all() async throws {
        try await begin()
        try await findInCity()
        try await addPost()
        try await likePost()
        try await countLikes()
        try await addField()
        try await violateIndex()
        try await showPlan()
        try await walkPages()
        try await changeTogether()
        try await watchChanges()
    }

    private func begin() async throws {
        terminal.title("Users", "one document each: the profile and the posts are in it")
        try await users.drop()
        let result = try await users.insert(contentsOf: User.first)
        terminal.call("inserted", "\(result.insertedIDs.count)")
        terminal.table(
            User.first.map { ($0.id, "\($0.posts.count) posts, \($0.profile.location)") })
        try expect(result.insertedIDs.count == User.first.count, "all are inserted")
    }

    private func findInCity() async throws {
        terminal.title("Users in Berlin", "a path into the document: profile.location")
        var found: [String] = []
        for try await user in users.find(User.location == "Berlin", order: User.id.ascending) {
            terminal.call(user.id, "\(user.profile.name), \(user.posts.count) posts")
            found.append(user.id)
        }
        try expect(found == ["charlie", "emmy"], "there are two")

        let popular = try await users.count(User.posts.hasElement(Post.likes > 30))
        terminal.call("who have a post with more than 30 likes", "\(popular)")
        try expect(popular == 2, "there are two of them")
    }

    private func addPost() async throws {
        terminal.title("Another post", "pushed to the array, which keeps the three most liked")
        let post = Post(title: "On snow", likes: 7)
        let change = try User.posts.push(
            encoding: [post], sorting: .byFields([Post.likes.descending]), slice: 3)
        let user = try await users.modify(
            DocumentModification(User.id == "charlie", .update([change])))
        guard let user else { throw Unexpected(what: "charlie is there") }
        terminal.table(user.posts.map { ($0.title, "\($0.likes)") })
        try expect(user.posts.map(\.title) == ["Hello", "On snow", "On rain"], "three, in order")
    }

    /// Of an array, the element that the filter has met, whatever its place.
    private func likePost() async throws {
        terminal.title("50 likes at once", "each an increment of the element that was met")
        let met = User.id == "charlie" && User.posts.hasElement(Post.title == "On snow")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await users.updateOne(met, [Field<Int>("posts.$.likes").increment()])
                }
            }
            try await group.waitForAll()
        }
        let likes = try await users.first(User.id == "charlie")?.posts
            .first { $0.title == "On snow" }?.likes
        terminal.call("likes of \"On snow\"", "\(likes ?? 0)")
        try expect(likes == 57, "none is lost")
    }

    private func addField() async throws {
        terminal.title("A field for some", "no migration: both shapes lie side by side")
        try await users.updateMany(
            User.location == "Berlin", [User.languages.set(to: ["de", "en"])])
        let new = try await users.count(User.languages.exists)
        let old = try await users.count(User.languages.isMissing)
        terminal.call("have languages", "\(new)")
        terminal.call("do not", "\(old)")
        for try await user in users.find(.all, order: User.id.ascending) {
            terminal.call(user.id, user.profile.languages?.joined(separator: ", ") ?? "not said")
        }
        try expect(new == 2 && old == 3, "two have them and three have not")
        let german = try await users.count(User.languages.contains("de"))
        try expect(german == 2, "two speak German")
    }

    private func walkPages() async throws {
        terminal.title("Pages", "each begins after the last document of the one before")
        var page = try await users.page(order: [User.location.ascending], limit: 2)
        var (pages, seen) = (1, page.entities.map(\.id))
        while let next = page.next {
            page = try await users.page(order: [User.location.ascending], after: next, limit: 2)
            (pages, seen) = (pages + 1, seen + page.entities.map(\.id))
        }
        terminal.call("pages of 2", "\(pages)")
        terminal.call("users on them", seen.joined(separator: ", "))
        try expect(Set(seen).count == User.first.count, "each is on one page")
    }

    func expect(_ holds: Bool, _ what: String) throws {
        try Unexpected.unless(holds, "not so: \(what)")
    }
}
