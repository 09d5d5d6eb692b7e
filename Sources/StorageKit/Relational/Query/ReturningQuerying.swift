/// A store or connection whose statements may give back the rows that they change: `RETURNING`.
public protocol ReturningQuerying: RelationalQuerying {}
