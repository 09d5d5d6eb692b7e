/// A value of JSON as it is written: what an object means is not known yet.
enum JSONText {
    case null
    case bool(Bool)
    /// A number, in its digits.
    case number(String)
    case string(String)
    case array([JSONText])
    /// The members in their order.
    case object([JSONMember])
}

/// A name in an object of JSON, and its value.
struct JSONMember {
    var name: String
    var value: JSONText
}
