/// Makes the commands of a store: the same methods as the store's own, with commands for answers.
///
/// Which there are depends on the store's capabilities: a pipeline with a hash command on a store
/// without hashes does not compile.
public struct KeyValueCommands<Store: KeyValueStore>: Sendable {
    @inlinable
    init() {}
}
