import StorageKit

/// Somebody in the social network.
struct Person: GraphNodeEntity {
    static let label: GraphLabel = "Person"
    static let name = GraphProperty<String>("name")

    var name: String
}

/// One person reads what another one writes.
struct Follows: GraphRelationshipEntity {
    static let type: RelationshipType = "FOLLOWS"
}

/// An account of a bank.
struct Account: GraphNodeEntity {
    static let label: GraphLabel = "Account"
    static let owner = GraphProperty<String>("owner")

    var owner: String
}

/// A card that is paid with.
struct Card: GraphNodeEntity {
    static let label: GraphLabel = "Card"

    var number: String
}

/// Where the owner of an account lives.
struct Address: GraphNodeEntity {
    static let label: GraphLabel = "Address"

    var street: String
}

/// An account has been paid from with a card.
struct Uses: GraphRelationshipEntity {
    static let type: RelationshipType = "USES"
}

/// An account's owner has given an address.
struct LivesAt: GraphRelationshipEntity {
    static let type: RelationshipType = "LIVES_AT"
}

/// An airport of OpenFlights.
struct Airport: GraphNodeEntity {
    static let label: GraphLabel = "Airport"
    static let code = GraphProperty<String>("code")

    var code: String
    var city: String
    var country: String
    var latitude: Double
    var longitude: Double
}

/// A direct route between two airports, either way; how long it is on the great circle.
struct Route: GraphRelationshipEntity {
    static let type: RelationshipType = "ROUTE"
    static let kilometres = GraphProperty<Double>("kilometres")

    var kilometres: Double
}
