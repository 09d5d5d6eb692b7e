import StorageKit

extension CacheScene {
    typealias Primary = FaultInjectingRepository<ModelRepository<Specimen>>

    /// A primary with revision 0 of each number.
    func primary(_ numbers: some Sequence<Int>) async throws -> Primary {
        let model = ModelRepository<Specimen>(
            limits: RepositoryLimits(maximumBatchSize: 100, maximumPageSize: 100))
        for number in numbers { try await model.insert(Specimen(number: number, revision: 0)) }
        return FaultInjectingRepository(model)
    }

    /// A repository over the subject.
    func readers(of primary: Primary) -> CachedRepository<Primary, Subject> {
        CachedRepository(primary: primary, cache: cache, key: { [harness] in harness.key($0) })
    }

    /// Fails the case if a reader who asks after an invalidation is given what a load from before
    /// it has read.
    ///
    /// One reader has read revision 0 and is held; revision 1 is written; the invalidation is
    /// acknowledged; then another reader asks.
    ///
    /// - Parameter andNotFilled: Whether the early load must not fill either.
    func expectDetached(
        andNotFilled: Bool = true, by invalidation: (Subject) async throws -> Void
    ) async throws {
        let primary = try await primary([1])
        let readers = readers(of: primary)
        let gate = Gate()
        primary.inject(.holdAfter { await gate.pass() }, into: .get)
        let early = task { try await readers.get(1) }
        await gate.reached()
        try await primary.replace(Specimen(number: 1, revision: 1))
        try await invalidation(cache)
        let late = task { try await readers.get(1) }
        // Who joins the held load waits for the gate; who does not is answered without it.
        let answer: Specimen?
        do {
            answer = try await within("an answer that does not wait for the load before") {
                try await late.value
            }
        } catch {
            gate.open()
            _ = await early.result
            throw error
        }
        gate.open()
        _ = try await early.value
        try context.expectEqual(answer?.revision, 1, "what is read after the acknowledgement")
        guard andNotFilled else { return }
        let last = try await readers.get(1)
        try context.expectEqual(last?.revision, 1, "what is read when the early load has ended")
    }
}
