/// Something that an example is there to show did not happen.
package struct Unexpected: Error {
    /// What, for a person.
    package let what: String

    /// Creates one.
    package init(what: String) { self.what = what }

    /// Throws when something does not hold.
    package static func unless(_ holds: Bool, _ what: @autoclosure () -> String) throws {
        if !holds { throw Unexpected(what: what()) }
    }
}
