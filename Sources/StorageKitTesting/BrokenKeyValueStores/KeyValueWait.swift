public import StorageKit

/// A wait for a list, as an argument.
public struct KeyValueWait: Sendable {
    /// The lists, one for a move.
    public var keys: [ByteString]
    /// Which end to take from.
    public var end: ListEnd
    /// Where to move, or `nil` for a pop.
    public var target: (key: ByteString, end: ListEnd)?
    /// How long to wait.
    public var time: Duration

    /// Waits on the model; a move gives the value with the list it came from.
    public func outcome(on model: ModelKeyValueStore) async throws(StorageError) -> ListElement? {
        guard let target else {
            return try await model.listPop(fromFirstOf: keys, end, waitingUpTo: time)
        }
        let value = try await model.listMove(
            from: keys[0], end, to: target.key, target.end, waitingUpTo: time)
        return value.map { ListElement(key: keys[0], value: $0) }
    }
}
