import StorageKit

/// A dialect that leaves everything to the standard, with PostgreSQL's parameters.
package struct StandardDialect: SQLDialect {
    package init() {}

    package func placeholder(_ number: Int) -> String { "$\(number)" }
}
