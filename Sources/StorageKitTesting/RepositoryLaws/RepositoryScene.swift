import StorageKit

/// A store under examination with what a law does to it: numbers in place of entities.
struct RepositoryScene<Harness: RepositoryHarness>: SceneWithTasks {
    typealias Entity = Harness.Subject.Entity
    typealias ID = Harness.Subject.ID

    let harness: Harness
    let context: ConformanceContext
    /// The subject, with every call noted in the context's trace.
    let store: RecordingRepository<Harness.Subject>
    var executor: InterleavingExecutor?

    init(_ harness: Harness, _ subject: Harness.Subject, _ context: ConformanceContext) {
        self.harness = harness
        self.context = context
        store = RecordingRepository(subject) { call, outcome in
            context.note(trace(call, outcome))
        }
    }

    func id(_ number: Int) -> ID {
        harness.identifier(number)
    }

    func entity(_ number: Int, _ revision: Int = 0) -> Entity {
        harness.entity(number, revision: revision)
    }

    /// Inserts revision 0 of each number.
    func fill(_ numbers: some Sequence<Int>) async throws {
        for number in numbers { try await store.insert(entity(number)) }
    }

    /// The largest page that is not larger than asked for nor than the store allows.
    func pageSize(_ wanted: Int) -> Int {
        min(wanted, store.limits.maximumPageSize)
    }
}

/// A line of the trace.
func trace<Entity, ID>(
    _ call: RepositoryCall<Entity, ID>,
    _ outcome: Result<RepositoryResult<Entity, ID>, StorageError>
) -> String {
    switch outcome {
    case .success(let result): "\(call) -> \(result)"
    case .failure(let error): "\(call) threw \(error)"
    }
}
