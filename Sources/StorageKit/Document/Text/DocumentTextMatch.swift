/// A document that a search of texts has found.
public struct DocumentTextMatch<Entity: Sendable>: Sendable {
    /// The document.
    public let entity: Entity
    /// How well it has the words: more is better.
    ///
    /// What a number is worth is the store's to say.
    public let score: Double

    /// Creates a match.
    public init(_ entity: Entity, score: Double) {
        self.entity = entity
        self.score = score
    }
}

extension DocumentTextMatch: Equatable where Entity: Equatable {}

extension DocumentTextMatch: Decodable where Entity: Decodable {
    private enum CodingKeys: String, CodingKey { case entity, score }

    /// Decodes a document with its score beside it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        entity = try container.decode(Entity.self, forKey: .entity)
        score = try container.decode(Double.self, forKey: .score)
    }
}
