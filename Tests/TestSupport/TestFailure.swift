import Foundation

/// Why the test support could not do what a test asked of it.
package struct TestFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }

    /// What the system said when the named call has just failed.
    static func system(_ call: String, _ code: Int32 = errno) -> TestFailure {
        TestFailure("\(call): \(String(cString: strerror(code)))")
    }
}
