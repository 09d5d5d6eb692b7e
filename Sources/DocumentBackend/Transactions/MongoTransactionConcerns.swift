/// What a transaction asks of the server besides its calls; `nil` for what the client has.
struct MongoTransactionConcerns: Sendable {
    var write: MongoWriteConcern?
    var read: MongoReadConcern?
    /// How long the server may take for the commit.
    var commitTime: Duration
}
