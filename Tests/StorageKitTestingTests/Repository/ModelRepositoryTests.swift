import StorageKit
import StorageKitTesting
import Testing

@Suite("ModelRepository and its wrappers")
struct ModelRepositoryTests {
    @Test("a model scans in the order it was given")
    func order() async throws {
        let store = SpecimenModel(orderedBy: >)
        for number in [2, 3, 1] { try await store.insert(specimen(number)) }
        let page = try await store.scan(after: 3, limit: 2)
        #expect(page.entities.map(\.id) == [2, 1])
        #expect(page.next == 1)
    }

    @Test("a recording repository tells of each call and how it ended")
    func recording() async throws {
        let log = Log()
        let store = RecordingRepository(SpecimenModel()) { call, outcome in
            switch outcome {
            case .success: log.append("\(call.method.rawValue) returned")
            case .failure(let error): log.append("\(call.method.rawValue) threw \(error.code)")
            }
        }
        try await store.insert(specimen(1))
        await #expect(throws: StorageError.self) { try await store.insert(specimen(1)) }
        _ = try await store.get([1])
        #expect(log.lines == ["insert returned", "insert threw alreadyExists", "getMany returned"])
    }

    @Test("a wrapper that answers with another method's result is found out")
    func mismatch() async throws {
        let store = Mismatch(base: SpecimenModel())
        let error = await #expect(throws: StorageError.self) { try await store.get(1) }
        #expect(error?.code == .internalError)
        #expect(error?.operation == "get")
    }

    @Test("calls and results describe themselves, long lists abridged")
    func descriptions() {
        typealias Call = RepositoryCall<Specimen, Int>
        typealias Answer = RepositoryResult<Specimen, Int>
        #expect(Call.scan(after: nil, limit: 3).description == "scan(after: nil, limit: 3)")
        #expect(Call.scan(after: 2, limit: 3).description == "scan(after: 2, limit: 3)")
        #expect(Call.getMany([1, 2]).description == "get([1, 2])")
        #expect(
            Call.getMany(Array(0..<20)).description
                == "get([0, 1, 2, 3, 4, 5, 6, 7, ... 20 in all])")
        #expect(Answer.entity(nil).description == "nil")
        #expect(Answer.removed(true).description == "true")
        #expect(Answer.page(Page(entities: [], next: 4)).description == "[] next: 4")
    }

    @Test("two revisions of a specimen differ in every field but its number")
    func specimens() {
        for number in 0..<20 {
            let (old, new) = (specimen(number, 0), specimen(number, 1))
            #expect(old == specimen(number, 0))
            #expect(old.id == new.id)
            #expect(old.title != new.title && old.note != new.note && old.isDone != new.isDone)
            #expect(old.weight != new.weight && old.count != new.count)
        }
    }

    private struct Mismatch: InterceptingRepository {
        let base: SpecimenModel

        func perform(
            _ call: RepositoryCall<Specimen, Int>
        ) async throws(StorageError) -> RepositoryResult<Specimen, Int> {
            .done
        }
    }
}
