import StorageKit

extension KeyValueScene {
    /// Makes commands of the subject's capabilities.
    var commands: KeyValueCommands<Store> { store.commands }

    /// Fails the case unless a command gets this answer.
    func expect<Output: Equatable>(
        _ command: KeyValueCommand<Store, Output>, answers expected: Output
    ) async throws {
        let seen = try await store.perform(command)
        try context.expectEqual(seen, expected, "\(shortened("\(command.operation)"))")
    }

    /// Fails the case unless a command is refused with this code, which says that it did nothing.
    func expect<Output>(
        _ command: KeyValueCommand<Store, Output>, throws code: StorageError.Code
    ) async throws {
        try await context.expectThrows(code, "\(shortened("\(command.operation)"))") {
            try await store.perform(command)
        }
    }
}
