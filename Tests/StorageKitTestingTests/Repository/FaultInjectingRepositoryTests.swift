import StorageKit
import StorageKitTesting
import Testing

@Suite("FaultInjectingRepository")
struct FaultInjectingRepositoryTests {
    private let model = SpecimenModel()
    private let store: FaultInjectingRepository<SpecimenModel>

    init() { store = FaultInjectingRepository(model) }

    @Test("without a fault it is the store behind it, counted")
    func transparent() async throws {
        try await store.insert(specimen(1))
        #expect(try await store.get(1) == specimen(1))
        #expect(try await store.get([1, 2]) == [1: specimen(1)])
        #expect(try await store.scan(after: nil, limit: 1).next == 1)
        #expect(try await store.delete(1))
        #expect(store.callCount(of: .insert) == 1)
        #expect(store.callCount(of: .replace) == 0)
        #expect(store.callCount == 5)
        #expect(store.faultCount == 0)
        #expect(store.limits == model.limits)
    }

    @Test("a lost request changes nothing and says so")
    func failBefore() async throws {
        store.inject(.failBefore(.timedOut), into: .insert)
        let error = await #expect(throws: StorageError.self) {
            try await store.insert(specimen(1))
        }
        #expect(error?.code == .timedOut)
        #expect(error?.mayHaveBeenApplied == false)
        #expect(try await model.get(1) == nil)
        try await store.insert(specimen(1))
        #expect(store.faultCount == 1)
        #expect(store.callCount(of: .insert) == 2)
    }

    @Test("a lost answer leaves the write behind and says that it may have")
    func failAfter() async throws {
        store.inject(.failAfter(), into: .insert)
        let error = await #expect(throws: StorageError.self) {
            try await store.insert(specimen(1))
        }
        #expect(error?.code == .unavailable)
        #expect(error?.mayHaveBeenApplied == true)
        #expect(try await model.get(1) == specimen(1))
    }

    @Test("a read whose answer is lost has applied nothing")
    func failedRead() async throws {
        store.inject(.failAfter(), into: .get)
        let error = await #expect(throws: StorageError.self) { try await store.get(1) }
        #expect(error?.mayHaveBeenApplied == false)
    }

    @Test("faults that are queued come one call at a time, in order")
    func queue() async throws {
        store.inject(.failBefore(.busy), into: .get)
        store.inject(.failBefore(.timedOut), into: .get)
        var codes: [StorageError.Code?] = []
        for _ in 0..<3 { codes.append(await code { try await store.get(1) }) }
        #expect(codes == [.busy, .timedOut, nil])
    }

    @Test("a read that is held after it was made returns the old value after a newer write")
    func holdAfter() async throws {
        try await model.insert(specimen(1))
        let gate = Gate()
        store.inject(.holdAfter { await gate.pass() }, into: .get)
        let read = Task { [store] in try await store.get(1) }
        await gate.reached()
        try await store.replace(specimen(1, 1))
        gate.open()
        #expect(try await read.value == specimen(1))
        #expect(try await store.get(1) == specimen(1, 1))
    }

    @Test("a read that is held before it is made returns the new value")
    func holdBefore() async throws {
        try await model.insert(specimen(1))
        let gate = Gate()
        store.inject(.holdBefore { await gate.pass() }, into: .get)
        let read = Task { [store] in try await store.get(1) }
        await gate.reached()
        try await store.replace(specimen(1, 1))
        gate.open()
        #expect(try await read.value == specimen(1, 1))
    }

    @Test("a script names calls by method and number")
    func scripted() async {
        store.use(.scripted([.get: [2: .failBefore(.busy)], .delete: [1: .failAfter(.busy)]]))
        var codes: [StorageError.Code?] = []
        for _ in 0..<3 { codes.append(await code { try await store.get(1) }) }
        #expect(codes == [nil, .busy, nil])
        #expect(await code { try await store.delete(1) } == .busy)
    }

    @Test("a store that is down fails every call, or those of some methods")
    func always() async {
        store.use(.always(.failBefore(), in: [.insert, .upsert]))
        #expect(await code { try await store.insert(specimen(1)) } == .unavailable)
        #expect(await code { try await store.upsert(specimen(1)) } == .unavailable)
        #expect(await code { try await store.get(1) } == nil)
        store.use(.always(.failBefore()))
        #expect(await code { try await store.get(1) } == .unavailable)
        store.use(.none)
        #expect(await code { try await store.get(1) } == nil)
    }

    @Test("faults at random are those of the seed, and about as many as asked for")
    func seeded() async {
        func pattern(_ seed: UInt64) async -> [Bool] {
            let store = FaultInjectingRepository(
                SpecimenModel(), schedule: .seeded(seed, oneIn: 10))
            var failed: [Bool] = []
            for _ in 0..<1000 { failed.append(await code { try await store.get(1) } != nil) }
            return failed
        }
        let first = await pattern(1)
        #expect(await pattern(1) == first)
        #expect(await pattern(2) != first)
        #expect((60...140).contains(first.count { $0 }))
    }

    private func code(_ call: () async throws -> some Any) async -> StorageError.Code? {
        do {
            _ = try await call()
            return nil
        } catch {
            return (error as? StorageError)?.code
        }
    }
}
