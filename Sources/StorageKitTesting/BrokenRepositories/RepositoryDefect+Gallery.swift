import StorageKit

extension RepositoryDefect {
    /// Every defect that needs to know nothing of the entities.
    public static var gallery: [RepositoryDefect] {
        insertDefects + replaceDefects + upsertDefects + deleteDefects + getDefects
            + getManyDefects + scanDefects + limitDefects + durabilityDefects
            + cancellationDefects
    }

    /// A defect without a memory.
    static func defect(
        _ name: String, caughtBy: String, _ behaviour: @escaping Behaviour
    ) -> Self {
        stateful(name, caughtBy: caughtBy) { behaviour }
    }

    /// A defect whose subjects remember something.
    static func stateful(
        _ name: String, caughtBy: String, _ makeBehaviour: @escaping @Sendable () -> Behaviour
    ) -> Self {
        Self(name, caughtBy: "repository.\(caughtBy)", makeBehaviour: makeBehaviour)
    }

    /// Gives others the chance to come in between, as a round trip would.
    static func pause() async {
        for _ in 0..<4 { await Task.yield() }
    }
}
