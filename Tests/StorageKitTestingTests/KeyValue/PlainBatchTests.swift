import StorageKit
import StorageKitTesting
import Testing

@Suite("The laws of pipelines and batches on a store that does nothing else")
struct PlainBatchTests {
    @Test(
        "they need no counters",
        arguments: KeyValueLaws.pipelineCases(for: PlainHarness.self)
            + KeyValueLaws.atomicBatchCases())
    func laws(law: ConformanceCase<PlainHarness>) async {
        let verdict = await ConformanceRunner(harness: PlainHarness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }
}

struct PlainHarness: KeyValueHarness {
    func makeSubject() async throws -> PlainBatchStore<ModelKeyValueStore> {
        PlainBatchStore(base: try await ModelKeyValueHarness().makeSubject())
    }
}

/// Keeps pipelines and atomic batches of the store beneath, and no other refinement.
struct PlainBatchStore<Base: PipelinedStore & AtomicBatchStore>: KeyValueWrapper {
    let base: Base

    func wrapping(_ base: Base) -> PlainBatchStore { PlainBatchStore(base: base) }

    func perform<Output>(
        _ command: KeyValueCommand<Self, Output>
    ) async throws(StorageError) -> Output {
        try await base.perform(command.forwarded())
    }
}

extension PlainBatchStore: PipelinedStore, AtomicBatchStore {
    func replies(
        to pipeline: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        try await base.replies(to: pipeline.forwarded())
    }

    func atomicReplies(
        to batch: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        try await base.atomicReplies(to: batch.forwarded())
    }
}
