public import StorageKit

// Their operations are all done by `perform`; nothing else is to be written for them.
extension InMemoryKeyValueStore: ExpiringKeyValueStore {}
extension InMemoryKeyValueStore: ConditionalWriteStore {}
extension InMemoryKeyValueStore: AtomicCounterStore {}
extension InMemoryKeyValueStore: HashStore {}
extension InMemoryKeyValueStore: SortedSetStore {}
extension InMemoryKeyValueStore: ListStore {}
extension InMemoryKeyValueStore: SetStore {}
