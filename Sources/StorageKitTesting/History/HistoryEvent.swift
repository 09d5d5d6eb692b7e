/// One call in a history of overlapping calls: what was asked, what was answered, and when.
public struct HistoryEvent<Operation: Sendable, Answer: Sendable>: Sendable {
    /// What was asked.
    public var operation: Operation
    /// What was answered.
    public var answer: Answer
    /// When the call began, on the recorder's clock of whole steps.
    public var begin: Int
    /// When it returned.
    public var end: Int

    /// Creates an event.
    public init(operation: Operation, answer: Answer, begin: Int, end: Int) {
        self.operation = operation
        self.answer = answer
        self.begin = begin
        self.end = end
    }
}

extension HistoryEvent: CustomStringConvertible {
    /// The span, the operation and the answer.
    public var description: String { "[\(begin), \(end)] \(operation) -> \(answer)" }
}
