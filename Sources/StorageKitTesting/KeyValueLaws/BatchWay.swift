import StorageKit

/// A way to send several commands together: what pipelines and atomic batches have in common, so
/// that one law serves both.
protocol BatchWay<Harness>: Sendable {
    associatedtype Harness: KeyValueHarness

    typealias Store = RecordingKeyValueStore<Harness.Subject>
    typealias Commands = KeyValueCommands<Store>

    /// The group of its laws.
    var group: String { get }
    /// What it sends, in sentences.
    var noun: String { get }

    /// The answers to commands of several types, none of which may fail by itself.
    func run<each Output>(
        on store: Store, _ body: (Commands) -> (repeat KeyValueCommand<Store, each Output>)
    ) async throws -> (repeat each Output)

    /// The answers to commands of one type, none of which may fail by itself.
    func run<Output>(
        on store: Store, _ body: (Commands) -> [KeyValueCommand<Store, Output>]
    ) async throws -> [Output]

    /// The replies before they are read.
    func replies(
        to batch: KeyValueBatch<Store>, from store: Store
    ) async throws -> [Result<KeyValueReply, StorageError>]
}

/// By a pipeline.
struct PipelineWay<Harness: KeyValueHarness>: BatchWay where Harness.Subject: PipelinedStore {
    let group = "pipeline"
    let noun = "pipeline"

    func run<each Output>(
        on store: Store, _ body: (Commands) -> (repeat KeyValueCommand<Store, each Output>)
    ) async throws -> (repeat each Output) {
        let results = try await store.pipeline(body)
        return (repeat try answer(each results))
    }

    func run<Output>(
        on store: Store, _ body: (Commands) -> [KeyValueCommand<Store, Output>]
    ) async throws -> [Output] {
        try await store.pipeline(body).map(answer)
    }

    func replies(
        to batch: KeyValueBatch<Store>, from store: Store
    ) async throws -> [Result<KeyValueReply, StorageError>] {
        try await store.replies(to: batch)
    }

    /// Another error than that of the whole pipeline, for which its own may be right.
    private func answer<Output>(_ result: Result<Output, StorageError>) throws -> Output {
        do {
            return try result.get()
        } catch {
            throw ConformanceFailure(expected: "no command to fail by itself", seen: "\(error)")
        }
    }
}

/// By an atomic batch.
struct AtomicBatchWay<Harness: KeyValueHarness>: BatchWay
where Harness.Subject: AtomicBatchStore {
    let group = "atomic-batch"
    let noun = "batch"

    func run<each Output>(
        on store: Store, _ body: (Commands) -> (repeat KeyValueCommand<Store, each Output>)
    ) async throws -> (repeat each Output) {
        try await store.atomically(body)
    }

    func run<Output>(
        on store: Store, _ body: (Commands) -> [KeyValueCommand<Store, Output>]
    ) async throws -> [Output] {
        try await store.atomically(body)
    }

    func replies(
        to batch: KeyValueBatch<Store>, from store: Store
    ) async throws -> [Result<KeyValueReply, StorageError>] {
        try await store.atomicReplies(to: batch)
    }
}
