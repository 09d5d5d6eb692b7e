import StorageKit

/// What tests store.
struct Person: Codable, Hashable, Sendable, Identifiable {
    struct Post: Codable, Hashable, Sendable {
        var title: String
        var likes: Int

        static let likes = Field<Int>("likes")
    }

    struct Profile: Codable, Hashable, Sendable {
        var location: String
    }

    enum CodingKeys: String, CodingKey {
        case id = "_id"
        case age, profile, posts
    }

    var id: String
    var age: Int
    var profile: Profile
    var posts: [Post] = []

    static let id = Field<String>("_id")
    static let age = Field<Int>("age")
    static let location = Field<String>("profile.location")
    static let posts = Field<[Post]>("posts")

    init(_ id: String, age: Int = 30, in location: String = "Berlin", posts: [Post] = []) {
        self.id = id
        self.age = age
        profile = Profile(location: location)
        self.posts = posts
    }
}
