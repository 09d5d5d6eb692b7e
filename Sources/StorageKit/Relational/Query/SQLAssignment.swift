/// A column and the value that an update gives it; made by ``TableReference/set(_:to:)-(_,Value)``.
public struct SQLAssignment: Sendable {
    let column: String
    let value: SQL

    var sql: SQL { "\(identifier: column) = \(value)" }
}
