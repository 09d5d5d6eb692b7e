public import StorageKit

extension DocumentLaws {
    /// The case of stores whose transactions aggregate.
    public static func transactionPipelineCases<Harness: DocumentHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>]
    where
        Harness.Subject: TransactionalDocumentStore,
        Harness.Subject.Transaction: AggregatingDocumentQuerying
    {
        [
            law(
                "transaction.pipelines",
                "A pipeline in a transaction has what that has written, and nothing that others "
                    + "write meanwhile."
            ) { scene in
                try await scene.put(["a": 1], ["a": 1], ["a": 2])
                try await scene.store.withTransaction { transaction in
                    let things = scene.things.in(transaction)
                    try await things.insert(["_id": 9, "a": 2])
                    try await scene.outside { try await scene.things.insert(["_id": 8, "a": 1]) }
                    var counts: [DocumentValue?: DocumentValue?] = [:]
                    let groups = transaction.aggregate(
                        [.group(by: Field<Int>("a"), ["n": .count])], in: "things",
                        as: Document.self)
                    for try await group in groups { counts[group["_id"]] = group["n"] }
                    try scene.context.expectEqual(
                        counts, [1: .int32(2), 2: .int32(2)], "the groups inside")
                }
                try scene.context.expectEqual(
                    try await scene.things.count(.all), 5, "what there is in the end")
            }
        ]
    }
}
