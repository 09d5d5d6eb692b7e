/// Something whose actors can take steps in any order.
protocol ExplorableWorld {
    /// Two worlds with the same fingerprint have the same future.
    var fingerprint: [Int] { get }
    /// The numbers of those who can take a step.
    var enabled: [Int] { get }
    /// Lets one of them take its step; says what is wrong with the outcome, if anything is.
    mutating func step(_ actor: Int) -> String?
}

/// Walks through every order of steps of a world, depth first, each state once.
struct Explorer {
    /// The first thing that went wrong and the steps that led to it.
    private(set) var violation: (what: String, path: [Int])?
    /// How many different states there were.
    var states: Int { seen.count }

    private var seen: Set<[Int]> = []
    private var path: [Int] = []

    init(_ world: some ExplorableWorld) { explore(world) }

    private mutating func explore(_ world: some ExplorableWorld) {
        guard violation == nil, seen.insert(world.fingerprint).inserted else { return }
        for actor in world.enabled where violation == nil {
            var next = world
            path.append(actor)
            if let what = next.step(actor) { violation = (what, path) }
            explore(next)
            path.removeLast()
        }
    }
}
