/// A few actors and every step that they can take next.
protocol ExplorableWorld {
    /// What tells worlds apart: two with the same fingerprint have the same future.
    associatedtype Fingerprint: Hashable

    var fingerprint: Fingerprint { get }
    /// The numbers of those who can take a step.
    var enabled: [Int] { get }
    /// Lets one of them take its step; says what is wrong with the outcome, if anything is.
    mutating func step(_ actor: Int) -> String?
}
