import StorageKit

@testable import KeyValueBackend

extension RedisNode {
    /// Sends a command on a connection of its own, as the store sends those that wait.
    ///
    /// - Parameter time: When it is to have ended, the wait for a connection included.
    func sendAlone(
        _ command: RedisCommand, within time: Duration = .seconds(300)
    ) async throws(StorageError) -> RedisReply {
        try await sendUnblockable(waitingUpTo: time / 2, patience: time / 2) { _ in command }
    }
}
