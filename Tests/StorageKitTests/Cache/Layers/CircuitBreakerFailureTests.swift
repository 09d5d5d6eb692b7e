import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("What a circuit breaker takes for a failure")
struct CircuitBreakerFailureTests {
    /// Whether the cache, or the call, is at fault.
    private static let isFailure: [(StorageError.Code, Bool)] = [
        (.unavailable, true), (.timedOut, true), (.busy, true), (.resourceExhausted, true),
        (.unauthenticated, true), (.corrupted, true),
        (.notFound, false), (.alreadyExists, false), (.constraintViolation, false),
        (.conflict, false), (.decodingFailed, false), (.wrongType, false), (.outOfRange, false),
        (.encodingFailed, false), (.invalidArgument, false), (.invalidStatement, false),
        (.limitExceeded, false), (.unsupported, false), (.invalidState, false),
        (.missingIndex, false),
        (.cancelled, false), (.permissionDenied, false), (.internalError, false),
        (StorageError.Code("ofABackend", isRetryableByDefault: true), false),
    ]

    @Test("is that nobody is answered; what is said about one call is none", arguments: isFailure)
    func table(code: StorageError.Code, isFailure: Bool) async {
        var policy = CircuitBreakerPolicy()
        policy.minimumCalls = 1
        let breaker = CircuitBreaker(policy, clock: SleepingClock(ManualClock()))
        await expectCode(code) {
            try await breaker.call("get") { () async throws(StorageError) in
                throw StorageError(code: code, message: "as the test says")
            }
        }
        #expect(breaker.isClosed == !isFailure)
    }
}
