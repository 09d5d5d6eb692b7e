public import StorageKit

extension KeyValueLaws {
    /// The cases of all capabilities, for a store that has them all.
    public static func allCases<Harness: ExpiryHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>]
    where
        Harness.Subject: ExpiringKeyValueStore & ConditionalWriteStore
    {
        cases() + expiryCases() + conditionalWriteCases() + conditionalExpiryCases()
    }
}
