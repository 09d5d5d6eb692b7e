import StorageKit

/// A key-value store that notes the calls of the naive side in a timeline, and changes nothing.
struct NarratedStore<Base: ExpiringKeyValueStore>: KeyValueWrapper, ExpiringKeyValueStore {
    let base: Base
    let timeline: Timeline

    func wrapping(_ base: Base) -> Self { NarratedStore(base: base, timeline: timeline) }

    func perform<Output>(
        _ command: KeyValueCommand<Self, Output>
    ) async throws(StorageError) -> Output {
        let output = try await base.perform(command.forwarded())
        switch command.operation {
        case .set(let key, let value, _): timeline.note("set \(key) = \(try word(value))")
        case .delete(let keys): timeline.note("delete \(keys.map(\.description).joined())")
        default: break
        }
        return output
    }

    func get(_ key: ByteString) async throws(StorageError) -> ByteString? {
        let value = try await base.get(key)
        timeline.note("get \(key) ─▶ \(try word(value))")
        return value
    }

    private func word(_ value: ByteString?) throws(StorageError) -> String {
        guard let value else { return "nothing" }
        return Todo?.some(try JSONCodec<Todo>().decode(value)).word
    }
}
