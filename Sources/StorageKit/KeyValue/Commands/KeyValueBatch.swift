/// Several commands for one store, to be sent together.
public struct KeyValueBatch<Store: KeyValueStore>: Sendable {
    /// What the store is to do, in this order.
    public private(set) var operations: [KeyValueOperation]

    /// Creates an empty batch.
    public init() { operations = [] }

    /// Creates a batch of commands whose answers have one type.
    @inlinable
    public init<Output>(_ commands: [KeyValueCommand<Store, Output>]) {
        // A closure: a key path of a generic type is made anew each time it is evaluated.
        self.init(operations: commands.map { $0.operation })
    }

    @usableFromInline
    init(operations: [KeyValueOperation]) { self.operations = operations }

    /// Adds a command.
    public mutating func append<Output>(_ command: KeyValueCommand<Store, Output>) {
        operations.append(command.operation)
    }

    func forwarded<Base: KeyValueStore>(
        to store: Base.Type, by translation: KeyTranslation
    ) -> KeyValueBatch<Base> {
        guard translation != .none else { return KeyValueBatch<Base>(operations: operations) }
        return KeyValueBatch<Base>(operations: operations.map { $0.translated(by: translation) })
    }
}

extension KeyValueBatch where Store: KeyValueWrapper {
    /// The same batch for the store beneath the wrapper.
    ///
    /// - Parameter translation: How keys and channels differ there; the replies go back by
    ///   ``translatedBack(_:by:)``.
    public func forwarded(
        by translation: KeyTranslation = .none
    ) -> KeyValueBatch<Store.Base> {
        forwarded(to: Store.Base.self, by: translation)
    }
}
