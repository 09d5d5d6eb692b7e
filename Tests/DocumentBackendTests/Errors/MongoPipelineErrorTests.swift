import StorageKit
import Testing

@testable import DocumentBackend

/// In a function, since the compiler takes too long for one expression.
private let pipelineErrors: [(Int, StorageError.Code)] = {
    var cases: [(Int, StorageError.Code)] = []
    func expect(_ code: StorageError.Code, _ numbers: Int...) {
        cases += numbers.map { ($0, code) }
    }
    expect(.wrongType, 14, 16_554, 28_765, 40_066, 4_934_200)
    expect(.outOfRange, 15, 159, 28_680, 31_109, 51_080)
    expect(.invalidArgument, 2, 16_610, 4_848_401, 5_733_415)
    expect(.unsupported, 4_822_806)
    expect(.unavailable, 11_601, 237)
    expect(.internalError, 8)
    return cases
}()

@Suite("Errors of MongoDB's pipelines")
struct MongoPipelineErrorTests {
    @Test("each code is what it means to the caller", arguments: pipelineErrors)
    func codes(number: Int, code: StorageError.Code) {
        let error = MongoErrorMapping.ofPipeline(
            MongoErrorMapping.of(code: number, name: nil, labels: [], text: nil))
        #expect(error.code == code && error.native?.number == number)
    }
}
