internal import StorageKit

/// A harness whose subjects wrap a namespace and have the same defect.
public struct BrokenNamespaceHarness: KeyValueHarness {
    private let defect: NamespaceDefect

    /// Breaks wrappers.
    public init(_ defect: NamespaceDefect) { self.defect = defect }

    /// A fresh namespace, wrapped wrongly.
    public func makeSubject() async throws -> BrokenNamespace {
        let model = ModelKeyValueStore(limits: KeyValueLimits(), clock: ManualClock())
        return BrokenNamespace(model.namespace("a"), defect)
    }
}

extension KeyValueLaws {
    /// Runs the laws of namespaces on wrappers with each defect and reports what they caught.
    ///
    /// - Parameter seed: The seed of the cases' randomness.
    public static func namespaceKillReport(seed: UInt64) async -> KillReport {
        await KillReport(
            of: NamespaceDefect.allCases, cases: namespaceCases(), meeting: .all, seed: seed
        ) { BrokenNamespaceHarness($0) }
    }
}
