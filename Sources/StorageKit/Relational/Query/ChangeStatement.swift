/// A statement that changes rows.
public protocol ChangeStatement: TypedStatement {}
