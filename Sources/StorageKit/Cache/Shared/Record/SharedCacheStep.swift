/// What a step of a ``SharedCacheRecord`` comes to.
public struct SharedCacheStep<Answer: Sendable>: Sendable {
    /// What is to be under the key from now on; `nil` for nothing.
    ///
    /// ``SharedCacheRecord/end`` says when the key has to vanish.
    public var record: SharedCacheRecord?
    /// What whoever asked is told.
    public var answer: Answer

    /// Creates the outcome of a step.
    init(_ record: SharedCacheRecord?, _ answer: Answer) {
        self.record = record
        self.answer = answer
    }
}

extension SharedCacheStep: Equatable where Answer: Equatable {}
