/// Walks through every order of steps of a world, depth first, each state once.
///
/// It goes no further from a state in which something is wrong.
struct Explorer<World: ExplorableWorld> {
    /// Everything that went wrong, with the steps that led to it first.
    private(set) var findings: [String: [Int]] = [:]
    /// The first thing that went wrong and the steps that led to it.
    private(set) var violation: (what: String, path: [Int])?
    /// How many different states there were.
    var states: Int { seen.count }
    /// How many steps were taken.
    private(set) var steps = 0

    private let findsAll: Bool
    private(set) var seen: Set<World.Fingerprint> = []
    private var path: [Int] = []

    /// Explores a world until something is wrong, or wholly.
    init(_ world: World, findsAll: Bool = false) {
        self.findsAll = findsAll
        explore(world)
    }

    private mutating func explore(_ world: World) {
        guard seen.insert(world.fingerprint).inserted else { return }
        for actor in world.enabled where findsAll || violation == nil {
            var next = world
            path.append(actor)
            steps += 1
            if let what = next.step(actor) {
                note(what)
            } else {
                explore(next)
            }
            path.removeLast()
        }
    }

    private mutating func note(_ what: String) {
        violation = violation ?? (what, path)
        findings[what] = findings[what] ?? path
    }
}
