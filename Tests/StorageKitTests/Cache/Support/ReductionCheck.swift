/// Compares a small world as it is, each state with all that is in it, with what ``Explorer`` makes
/// of it.
///
/// The reductions are right in a world if, for every state that there is, settled,
/// * its fingerprint is one that was explored (`unexplored` is 0), and
/// * whatever can happen next leads to the same fingerprints and the same findings as in every
///   other state with that fingerprint (`unlike` is 0),
///
/// and if the same things are found on both sides. Then whatever can go wrong from a state can go
/// wrong from the one that was explored in its place.
struct ReductionCheck<World: ReducedWorld> {
    /// What comes after a state.
    private enum Outcome: Hashable {
        case state(World.Fingerprint)
        case finding(String)
    }

    /// How many states there are without reductions.
    var states: Int { seen.count }
    /// How many are left.
    let reducedStates: Int
    private(set) var unexplored = 0
    private(set) var unlike = 0
    private(set) var findings: Set<String> = []
    let reducedFindings: Set<String>

    private let explored: Set<World.Fingerprint>
    private var seen: Set<World> = []
    private var futures: [World.Fingerprint: Set<Outcome>] = [:]

    init(_ world: World) {
        let explorer = Explorer(world, findsAll: true)
        explored = explorer.seen
        reducedStates = explorer.states
        reducedFindings = Set(explorer.findings.keys)
        walk(world)
    }

    private mutating func walk(_ first: World) {
        var left = [first]
        while let world = left.popLast() {
            guard seen.insert(world).inserted else { continue }
            compare(world)
            for actor in world.enabled {
                var next = world
                if let what = next.take(actor) {
                    findings.insert(what)
                } else {
                    left.append(next)
                }
            }
        }
    }

    private mutating func compare(_ world: World) {
        var world = world
        if let what = world.settle() {
            findings.insert(what)
            return
        }
        let fingerprint = world.fingerprint
        if !explored.contains(fingerprint) { unexplored += 1 }
        let future = future(of: world)
        if futures[fingerprint, default: future] != future { unlike += 1 }
        futures[fingerprint] = future
    }

    private func future(of world: World) -> Set<Outcome> {
        var future: Set<Outcome> = []
        for actor in world.enabled {
            var next = world
            let what = next.step(actor)
            future.insert(what.map(Outcome.finding) ?? .state(next.fingerprint))
        }
        return future
    }
}
