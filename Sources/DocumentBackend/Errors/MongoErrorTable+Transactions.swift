internal import StorageKit

extension MongoErrorTable {
    /// What transactions meet besides conflicts.
    static let transactions: [Row] = [
        Row(
            number: 72, name: "InvalidOptions", code: .invalidArgument,
            advice: "the server does not take an option of the call; see the underlying error"),
        Row(
            number: 225, name: "TransactionTooOld", code: .conflict,
            advice: "the session has begun another transaction; run this one again"),
        Row(
            number: 290, name: "TransactionExceededLifetimeLimitSeconds", code: .conflict,
            advice: "the transaction has lasted longer than the server allows; do less in it and "
                + "run it again"),
    ]

    /// What change feeds meet.
    static let feeds: [Row] = [
        Row(
            number: 260, name: "InvalidResumeToken", code: .invalidArgument,
            advice: "the position is of another feed, or is none"),
        Row(
            number: 280, name: "ChangeStreamFatalError", code: .notFound,
            advice: "the server cannot go on from the position; read everything anew"),
        Row(
            number: 286, name: "ChangeStreamHistoryLost", code: .notFound,
            advice: "the position is older than what the server remembers; read everything anew"),
    ]
}
