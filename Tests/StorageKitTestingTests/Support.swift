import Foundation
import StorageKit
import StorageKitTesting

/// The seed of this run: `STORAGEKIT_SEED` in the environment, or the same one every time.
let testSeed: UInt64 =
    ProcessInfo.processInfo.environment["STORAGEKIT_SEED"].flatMap(UInt64.init) ?? 20_260_101

typealias SpecimenModel = ModelRepository<Specimen>

/// Makes models whose limits are small enough to be passed.
struct ModelHarness: RepositoryHarness {
    func makeSubject() async throws -> SpecimenModel {
        SpecimenModel(limits: .init(maximumBatchSize: 20, maximumPageSize: 25))
    }
}

/// Makes models that count what is asked of them.
///
/// The model knows no empty batch that asks nobody: as a database behind a connection, it is asked
/// whenever it is called. So the harness takes the part of the connection.
struct CountingHarness: RoundTripCountingHarness {
    func makeSubject() async throws -> Frontend {
        Frontend(base: FaultInjectingRepository(try await ModelHarness().makeSubject()))
    }

    func roundTrips(of subject: Frontend) async throws -> Int {
        subject.base.callCount
    }

    struct Frontend: InterceptingRepository {
        let base: FaultInjectingRepository<SpecimenModel>

        func perform(
            _ call: RepositoryCall<Specimen, Int>
        ) async throws(StorageError) -> RepositoryResult<Specimen, Int> {
            if case .getMany([]) = call { return .entities([:]) }
            return try await call.result(on: base)
        }
    }
}

func specimen(_ number: Int, _ revision: Int = 0) -> Specimen {
    Specimen(number: number, revision: revision)
}
