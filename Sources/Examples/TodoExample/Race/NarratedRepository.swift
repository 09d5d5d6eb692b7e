import StorageKit
import StorageKitTesting

/// A repository that notes in a timeline what is read and written.
struct NarratedRepository<Base: Repository>: InterceptingRepository
where Base.Entity == Todo, Base.ID == Int {
    let base: Base
    let timeline: Timeline

    func perform(
        _ call: RepositoryCall<Todo, Int>
    ) async throws(StorageError) -> RepositoryResult<Todo, Int> {
        let result = try await call.result(on: base)
        switch (call, result) {
        case (_, .entity(let todo)): timeline.note("read the database ─▶ \(todo.word)")
        case (.replace(let todo), _): timeline.note("commit \(Todo?.some(todo).word)")
        default: break
        }
        return result
    }
}
