/// Walks through every order of steps of a world, depth first, each state once.
struct Explorer<World: ExplorableWorld> {
    /// The first thing that went wrong and the steps that led to it.
    private(set) var violation: (what: String, path: [Int])?
    /// How many different states there were.
    var states: Int { seen.count }

    private var seen: Set<World.Fingerprint> = []
    private var path: [Int] = []

    init(_ world: World) { explore(world) }

    private mutating func explore(_ world: World) {
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
