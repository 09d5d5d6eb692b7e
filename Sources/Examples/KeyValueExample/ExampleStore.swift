import StorageKit

/// What the example asks of a store: each scene needs one or two of these, all scenes all of them.
///
/// A scene that asked for more than the store can do would not compile.
typealias ExampleStore = ExpiringKeyValueStore & ConditionalWriteStore & AtomicCounterStore
    & HashStore & SortedSetStore & ListStore & PipelinedStore & AtomicBatchStore
