/// A world in which not every state and not every step counts, so that fewer are explored.
///
/// Its fingerprint leaves out what makes no difference, and ``settle()`` takes at once what nobody
/// else has to do with. ``ReductionCheck`` looks whether both is right.
protocol ReducedWorld: ExplorableWorld, Hashable {
    /// Lets somebody take a step and nobody another; says what is wrong with the outcome.
    mutating func take(_ actor: Int) -> String?
    /// Takes the steps that are not worth a choice; says what is wrong with their outcome.
    mutating func settle() -> String?
}

extension ReducedWorld {
    mutating func step(_ actor: Int) -> String? { take(actor) ?? settle() }
}
