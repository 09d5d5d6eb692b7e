extension Result {
    /// The outcome of an asynchronous call.
    @inlinable
    init(awaiting body: () async throws(Failure) -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
