internal import StorageKit

extension Striped {
    /// Runs the body on several stripes at once, alone.
    ///
    /// Everybody locks in ascending order, so nobody waits for somebody who waits for him. The
    /// states are moved out of their locks for the body, in the order of the indexes, and back
    /// after it; what stands in for them meanwhile is seen by nobody.
    ///
    /// - Parameters:
    ///   - indexes: The stripes, ascending, each once.
    ///   - vacant: Makes what stands in for a state.
    func withLocks<Result: Sendable>(
        on indexes: [Int], vacant: () -> State, _ body: (inout [State]) -> Result
    ) -> Result {
        var states: [State] = []
        states.reserveCapacity(indexes.count)
        return withLocks(on: indexes[...], taken: &states, vacant: vacant, body)
    }

    private func withLocks<Result: Sendable>(
        on indexes: ArraySlice<Int>, taken: inout [State], vacant: () -> State,
        _ body: (inout [State]) -> Result
    ) -> Result {
        guard let index = indexes.first else { return body(&taken) }
        return withLock(hash: index) { state in
            let place = taken.count
            taken.append(vacant())
            swap(&state, &taken[place])
            defer { swap(&state, &taken[place]) }
            return withLocks(on: indexes.dropFirst(), taken: &taken, vacant: vacant, body)
        }
    }
}
