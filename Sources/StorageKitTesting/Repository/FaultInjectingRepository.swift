public import StorageKit
import Synchronization

/// A repository in which calls go wrong on demand, and which counts them.
///
/// Faults come from a schedule, or one at a time by ``inject(_:into:)``. No fault needs time to
/// pass: a call that is held waits for a closure of the test.
public final class FaultInjectingRepository<Base: Repository>: InterceptingRepository {
    /// What is stored.
    public typealias Entity = Base.Entity
    /// What it is found by.
    public typealias ID = Base.ID

    /// The repository the calls go to.
    public let base: Base

    private let state: Mutex<State>

    /// Creates a wrapper.
    public init(_ base: Base, schedule: RepositoryFaultSchedule = .none) {
        self.base = base
        state = Mutex(State(schedule: schedule))
    }

    /// Makes the next call of a method go wrong; several are used up one call at a time, in order.
    public func inject(_ fault: RepositoryFault, into method: RepositoryMethod) {
        state.withLock { $0.queued[method, default: []].append(fault) }
    }

    /// Goes on with another schedule; calls stay counted.
    public func use(_ schedule: RepositoryFaultSchedule) {
        state.withLock { $0.schedule = schedule }
    }

    /// How often a method was called, with or without a fault.
    public func callCount(of method: RepositoryMethod) -> Int {
        state.withLock { $0.calls[method, default: 0] }
    }

    /// How many calls there were in all.
    public var callCount: Int { state.withLock { $0.calls.values.reduce(0, +) } }

    /// How many calls had a fault.
    public var faultCount: Int { state.withLock { $0.faults } }

    /// Makes the call, or what the schedule makes of it.
    public func perform(
        _ call: RepositoryCall<Entity, ID>
    ) async throws(StorageError) -> RepositoryResult<Entity, ID> {
        let method = call.method
        let fault = state.withLock { $0.nextFault(of: method) }
        switch fault {
        case .failBefore(let code): throw Self.requestLost(code, method)
        case .holdBefore(let hold): await hold()
        case .failAfter, .holdAfter, nil: break
        }
        let result = try await call.result(on: base)
        switch fault {
        case .failAfter(let code): throw Self.answerLost(code, method)
        case .holdAfter(let hold): await hold()
        case .failBefore, .holdBefore, nil: break
        }
        return result
    }
}

extension FaultInjectingRepository {
    private struct State: Sendable {
        var schedule: RepositoryFaultSchedule
        var queued: [RepositoryMethod: [RepositoryFault]] = [:]
        var calls: [RepositoryMethod: Int] = [:]
        var faults = 0

        mutating func nextFault(of method: RepositoryMethod) -> RepositoryFault? {
            calls[method, default: 0] += 1
            let fault = nextQueued(of: method) ?? schedule.fault(method, calls[method, default: 0])
            if fault != nil { faults += 1 }
            return fault
        }

        private mutating func nextQueued(of method: RepositoryMethod) -> RepositoryFault? {
            guard let fault = queued[method]?.first else { return nil }
            queued[method]?.removeFirst()
            return fault
        }
    }

    private static func requestLost(
        _ code: StorageError.Code, _ method: RepositoryMethod
    ) -> StorageError {
        StorageError(
            code: code, message: "an injected fault kept the request from the store",
            operation: method.rawValue, store: "fault injection")
    }

    private static func answerLost(
        _ code: StorageError.Code, _ method: RepositoryMethod
    ) -> StorageError {
        StorageError(
            code: code, message: "an injected fault kept the answer from the caller",
            operation: method.rawValue, store: "fault injection",
            mayHaveBeenApplied: method.isWrite)
    }
}
