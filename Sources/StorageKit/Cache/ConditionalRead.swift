/// What a ``ConditionalRepository`` answers to who knows a version already.
public enum ConditionalRead<Entity: Sendable>: Sendable {
    /// It is the version that was named: the entity was not sent.
    case unchanged
    /// It is another version.
    case changed(Entity)
    /// There is none (any more).
    case absent
}

extension ConditionalRead: Equatable where Entity: Equatable {}
