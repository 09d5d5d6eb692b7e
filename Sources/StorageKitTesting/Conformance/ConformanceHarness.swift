/// How a conformance case gets a store to examine.
///
/// A family's harness (``RepositoryHarness``) refines it with what the cases put into the store.
public protocol ConformanceHarness<Subject>: Sendable {
    /// The store under examination.
    associatedtype Subject: Sendable

    /// A fresh, empty store that shares no data with any other that is in use.
    ///
    /// Cases may run at the same time, and a case may ask for several.
    func makeSubject() async throws -> Subject

    /// Gives back what ``makeSubject()`` took: closes the store, drops the table.
    func tearDown(_ subject: Subject) async throws
}

extension ConformanceHarness {
    /// Does nothing: most stores end with their last reference.
    public func tearDown(_ subject: Subject) async throws {}

    /// Runs a body on a fresh subject and tears the subject down whatever happens.
    public func withSubject<Value>(
        _ body: (Subject) async throws -> Value
    ) async throws -> Value {
        let subject = try await makeSubject()
        let value: Value
        do {
            value = try await body(subject)
        } catch {
            // The body's failure is the news; a second one from the tear-down would hide it.
            try? await tearDown(subject)
            throw error
        }
        try await tearDown(subject)
        return value
    }
}
