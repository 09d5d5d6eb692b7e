public import StorageKit

/// Something that goes wrong in a call.
public enum RepositoryFault: Sendable {
    /// The request never arrives: the call fails and nothing has happened.
    case failBefore(StorageError.Code = .unavailable)
    /// The answer never arrives: the call happens and fails.
    ///
    /// Its error says `mayHaveBeenApplied` if the call was a write.
    case failAfter(StorageError.Code = .unavailable)
    /// The request is held up until the closure returns; a ``Gate`` is what to wait for.
    case holdBefore(@Sendable () async -> Void)
    /// The answer is held up until the closure returns.
    case holdAfter(@Sendable () async -> Void)
}
