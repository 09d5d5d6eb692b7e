public import StorageKit

/// A wrapper around a namespace that does one thing wrong.
public struct BrokenNamespace: KeyValueWrapper {
    /// The namespace.
    public let base: NamespacedStore<ModelKeyValueStore>

    private let defect: NamespaceDefect
    private let wrapped = CallCount()

    /// Wraps a namespace.
    public init(_ base: NamespacedStore<ModelKeyValueStore>, _ defect: NamespaceDefect) {
        self.base = base
        self.defect = defect
    }

    /// Wraps another namespace, with the defect.
    public func wrapping(_ base: NamespacedStore<ModelKeyValueStore>) -> BrokenNamespace {
        switch defect {
        case .staysOutside: self
        case .neverFindsAgain: BrokenNamespace(base.namespace("\(wrapped.next())"), defect)
        }
    }

    /// The namespace's answer.
    public func perform<Output>(
        _ command: KeyValueCommand<Self, Output>
    ) async throws(StorageError) -> Output {
        try await base.perform(command.forwarded())
    }
}
