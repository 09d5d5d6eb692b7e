public import StorageKit

/// How the laws of the relational family get a store: a database of its own, without tables.
///
/// A case creates its tables by statements that SQLite and PostgreSQL both understand.
public protocol RelationalHarness: ConformanceHarness where Subject: RelationalStore {}
