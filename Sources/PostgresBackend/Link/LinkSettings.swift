/// What a link is told.
struct LinkSettings: Sendable {
    /// How many statements it keeps prepared; 0 for none.
    var statementCapacity: Int
    /// How long a statement may take; `nil` for as long as it takes.
    var operationTimeout: Duration?
    /// How long the server may take to stop one, until the connection is given up.
    var stopTimeout = Duration.seconds(5)
    /// Whether what a statement among others has changed of the session is undone at once.
    var resetsSessions = false
    /// Whether it hands on what the server notifies it of.
    var hearsNotifications = false
}
