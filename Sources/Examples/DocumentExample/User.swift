import StorageKit

/// A user as one document: the profile and the posts are in it, written and read with it.
struct User: Codable, Sendable, Identifiable {
    enum CodingKeys: String, CodingKey { case id = "_id", email, profile, posts }

    var id: String
    var email: String
    var profile: Profile
    var posts: [Post]

    static let id = Field<String>("_id")
    static let email = Field<String>("email")
    static let location = Field<String>("profile.location")
    /// Only some have it: it came later.
    static let languages = Field<[String]>("profile.languages")
    static let posts = Field<[Post]>("posts")
}

/// What a user says of himself.
struct Profile: Codable, Sendable {
    var name: String
    var location: String
    /// A field that was added when there were documents already; old ones are read all the same.
    var languages: [String]?
}

/// What a user has written.
struct Post: Codable, Equatable, Sendable {
    var title: String
    var likes: Int

    static let title = Field<String>("title")
    static let likes = Field<Int>("likes")
}

extension User {
    /// Those that there are at the beginning.
    static let first = [
        User(
            id: "charlie", email: "charlie@example.com",
            profile: Profile(name: "Charlie", location: "Berlin"),
            posts: [Post(title: "Hello", likes: 12), Post(title: "On rain", likes: 3)]),
        User(
            id: "ada", email: "ada@example.com",
            profile: Profile(name: "Ada", location: "London"),
            posts: [Post(title: "Note G", likes: 42)]),
        User(
            id: "kurt", email: "kurt@example.com",
            profile: Profile(name: "Kurt", location: "Vienna"), posts: []),
        User(
            id: "emmy", email: "emmy@example.com",
            profile: Profile(name: "Emmy", location: "Berlin"),
            posts: [Post(title: "Symmetry", likes: 31), Post(title: "Ideals", likes: 8)]),
        User(
            id: "sonja", email: "sonja@example.com",
            profile: Profile(name: "Sonja", location: "Stockholm"),
            posts: [Post(title: "The top", likes: 17)]),
    ]
}
