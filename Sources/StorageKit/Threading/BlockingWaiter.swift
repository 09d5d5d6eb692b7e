/// Who gets the outcome of a blocking call: a suspended task, or nobody.
struct BlockingWaiter<Outcome: Sendable>: Sendable {
    private let continuation: CheckedContinuation<Outcome, Never>?

    init(_ continuation: CheckedContinuation<Outcome, Never>) { self.continuation = continuation }

    private init() { continuation = nil }

    /// For a call whose outcome its body or its refusal takes care of.
    static var nobody: BlockingWaiter { BlockingWaiter() }

    func resume(returning outcome: Outcome) { continuation?.resume(returning: outcome) }
}
