public import StorageKit

extension KeyValueLaws {
    /// The cases of all capabilities, for a store that has them all.
    ///
    /// Two suites ask more of the harness: ``exactExpiryCases(for:)`` and ``roundTripCases(for:)``.
    public static func allCases<Harness: ExpiryHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>]
    where
        Harness.Subject: ExpiringKeyValueStore & ConditionalWriteStore & AtomicCounterStore
            & HashStore & SortedSetStore & BlockingListStore & SetStore & PipelinedStore
            & AtomicBatchStore & PublishSubscribeStore
    {
        let values = cases(for: harness) + expiryCases() + conditionalWriteCases()
        let numbers = conditionalExpiryCases(for: harness) + counterCases()
        let collections = hashCases(for: harness) + sortedSetCases() + listCases() + setCases()
        let kinds = kindCases(for: harness) + kindExpiryCases()
        let pipelines = pipelineCases(for: harness) + pipelineCounterCases()
        let batches = atomicBatchCases(for: harness) + atomicBatchCounterCases()
        let events = blockingListCases(for: harness) + publishSubscribeCases()
        return values + numbers + collections + kinds + pipelines + batches + events
    }
}
