/// The part of a ``BlockingLease`` that its thread holds on to: what is to be run, and the
/// resource.
///
/// An object of its own so that dropping the last ``BlockingLease`` releases the worker although
/// its thread is still serving.
// @unchecked Sendable: `resource` is touched only by the thread that serves, between the beginning
// and the end of serving, which `ServedLease` tells it; all else is behind the monitor's lock.
final class BlockingLeaseCore<Resource: BlockingResource>: TaskExecutor, @unchecked Sendable {
    /// What the thread is given to do.
    enum Work {
        case job(UnownedJob)
        case call(any BlockingJob<Resource>)
    }

    private enum Phase {
        case created
        case waiting(CheckedContinuation<StorageError?, Never>)
        case serving
        case over(StorageError)
    }

    private struct State {
        var phase = Phase.created
        var work: [Work] = []
        var isReleased = false
    }

    private let monitor = Monitor(State())
    private let interruptions = LeaseInterruptions()
    private var resource: Resource?

    /// The resource, when the thread that asks is the one that serves.
    var resourceHere: Resource? { ServedLease.current == address ? resource : nil }

    private var address: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    // MARK: Waiting

    /// Takes who waits for the thread; resumed with `nil` when it serves.
    func wait(_ continuation: CheckedContinuation<StorageError?, Never>) {
        let refusal = monitor.withLock { state -> StorageError? in
            if case .over(let refusal) = state.phase { return refusal }
            state.phase = .waiting(continuation)
            return nil
        }
        if let refusal { continuation.resume(returning: refusal) }
    }

    /// Ends the lease before it began.
    func refuse(_ error: StorageError) {
        let continuation = monitor.withLock { state -> CheckedContinuation<StorageError?, Never>? in
            defer { state.phase = .over(error) }
            guard case .waiting(let continuation) = state.phase else { return nil }
            return continuation
        }
        continuation?.resume(returning: error)
    }

    func release() {
        monitor.withLock { $0.isReleased = true }
        monitor.signal()
    }

    // MARK: Serving

    /// Serves until the lease is released and nothing is left to run; on the worker's thread.
    func serve(_ resource: Resource) {
        self.resource = resource
        ServedLease.current = address
        begin()?.resume(returning: nil)
        while let work = next() {
            switch work {
            case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
            case .call(let call): call.run(with: resource)
            }
        }
        ServedLease.current = nil
        self.resource = nil
    }

    private func begin() -> CheckedContinuation<StorageError?, Never>? {
        monitor.withLock { state in
            guard case .waiting(let continuation) = state.phase else { return nil }
            state.phase = .serving
            return continuation
        }
    }

    private func next() -> Work? {
        monitor.waitForValue { state -> Work?? in
            if !state.work.isEmpty { return .some(state.work.removeFirst()) }
            guard state.isReleased else { return nil }
            state.phase = .over(.released)
            return .some(nil)
        }
    }

    /// Gives the thread something to do.
    ///
    /// - Returns: Whether it will be done.
    func submit(_ work: Work) -> Bool {
        let isAccepted = monitor.withLock { state in
            guard case .serving = state.phase else { return false }
            state.work.append(work)
            return true
        }
        if isAccepted { monitor.signal() }
        return isAccepted
    }

    /// Runs a job on the thread that serves; one that comes when that is over, on the global
    /// executor.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if !submit(.job(job)) { globalConcurrentExecutor.enqueue(ExecutorJob(job)) }
    }

    // MARK: Calls

    /// Runs a call on the thread that serves, which is this one.
    func runHere<Value>(
        _ resource: Resource, _ body: (Resource) throws(StorageError) -> Value
    ) async -> Result<Value, StorageError> {
        let interrupter = resource.interrupter
        let call = interruptions.begin()
        defer { interruptions.end(interrupter) }
        return await withTaskCancellationHandler {
            Result { () throws(StorageError) in try body(resource) }
        } onCancel: {
            interruptions.interrupt(call, interrupter)
        }
    }

    /// Runs a call on the thread that serves, from another one.
    func hop<Value: Sendable>(
        _ body: @escaping @Sendable (Resource) throws(StorageError) -> Value
    ) async -> Result<Value, StorageError> {
        let call = BlockingCall<Resource, Result<Value, StorageError>>(mayShare: false) {
            resource in
            Result { () throws(StorageError) in try body(resource) }
        } refused: {
            .failure($0)
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard call.wait(BlockingWaiter(continuation)) else { return }
                if !submit(.call(call)) { call.refuse(.released) }
            }
        } onCancel: {
            call.cancel()
        }
    }
}

extension StorageError {
    /// The error for a call on a lease that was given back.
    fileprivate static var released: StorageError {
        StorageError(
            code: .invalidState,
            message: "the connection was given back; use it only inside the body it was given to")
    }
}
