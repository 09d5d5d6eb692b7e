/// The outcome of a body that is not to end a transaction by its error.
struct AnyResult<Value: Sendable>: Sendable {
    private let result: Result<Value, any Error>

    init(_ body: () async throws -> Value) async {
        do { result = .success(try await body()) } catch { result = .failure(error) }
    }

    func get() throws -> Value { try result.get() }
}
