/// The user of the bson and mongodb suites: a profile and posts in one document.
struct BenchmarkUser: Codable, Sendable {
    var name: String
    var age: Int
    var profile: Profile
    var posts: [Post]

    struct Profile: Codable, Sendable {
        var location: String
        var isActive: Bool
    }

    struct Post: Codable, Sendable {
        var title: String
        var likes: Int
        var tags: [String]
    }

    /// The one that is coded, as the C program has it.
    static let sample = BenchmarkUser(
        name: "charlie", age: 0, profile: Profile(location: "Berlin", isActive: true),
        posts: [
            Post(title: "A first look at documents", likes: 12, tags: ["swift", "databases"]),
            Post(title: "What an index costs", likes: 7, tags: ["databases"]),
            Post(title: "Notes from a rainy day", likes: 31, tags: ["diary", "weather", "tea"]),
        ])

    /// What the C program adds up of the same user.
    var checkSum: Int64 {
        let lengths = name.utf8.count + profile.location.utf8.count
        let ofPosts = posts.reduce(0) { $0 + $1.likes + $1.title.utf8.count + $1.tags.count }
        return Int64(age + lengths + ofPosts + (profile.isActive ? 1 : 0))
    }
}
