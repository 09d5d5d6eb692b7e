internal import StorageKit
internal import Synchronization

/// What does the jobs of a queue: one loop that claims them, and a task for each while it is done.
///
/// ```
///   notified ──┐
///   poll ──────┼──▶ wake ──▶ claim as many as there are workers free ──▶ a task for each ──┐
///   a job done ┘     ▲                                                                     │
///                    └─────────────────────────────────────────────────────────────────────┘
/// ```
struct JobRunner<Job: Codable & Sendable>: Sendable {
    let queue: PostgresJobQueue<Job>
    let workers: Int
    /// Does a job and completes it.
    let work: @Sendable (PostgresJob<Job>) async throws -> Void

    private typealias Wake = AsyncStream<Void>.Continuation
    private let busy = Counter()

    /// How many are being done.
    private final class Counter: Sendable {
        private let count = Atomic<Int>(0)

        var value: Int { count.load(ordering: .relaxed) }
        func add(_ number: Int) { count.add(number, ordering: .relaxed) }
    }

    init(
        queue: PostgresJobQueue<Job>, workers: Int,
        work: @escaping @Sendable (PostgresJob<Job>) async throws -> Void
    ) {
        self.queue = queue
        self.workers = max(1, workers)
        self.work = work
    }

    /// Does jobs until the task is cancelled.
    func run() async throws(StorageError) {
        // A second wake-up before the first was seen would say nothing new.
        let (wakes, wake) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        wake.yield()
        do {
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask { await listen(wake) }
                group.addTask { await poll(wake) }
                for await _ in wakes { try await claim(wake, &group) }
            }
        } catch let error as StorageError where error.code == .cancelled && Task.isCancelled {
            return
        } catch let error as StorageError {
            throw error.renamed(operation: "run", store: queue.database.address.description)
        } catch {
            // Nothing else is thrown above.
            throw StorageError(
                code: .internalError, message: "a worker has ended", underlying: error)
        }
    }

    // MARK: Waking

    /// Wakes when a job can be had; what it cannot hear the poll finds.
    private func listen(_ wake: Wake) async {
        while !Task.isCancelled {
            do throws(StorageError) {
                let events = try await queue.database.listen(to: [PostgresJobSchema.channel])
                // For what was enqueued before the subscription was in force.
                wake.yield()
                for try await event in events where isOfInterest(event) { wake.yield() }
            } catch {
                guard error.isRetryable else { return }
            }
            try? await queue.sleep(queue.settings.pollInterval)
        }
    }

    private func isOfInterest(_ event: PostgresChannelEvent) -> Bool {
        guard case .notification(let notification) = event else { return true }
        return notification.payload == queue.name
    }

    private func poll(_ wake: Wake) async {
        while !Task.isCancelled {
            try? await queue.sleep(queue.settings.pollInterval)
            wake.yield()
        }
    }

    // MARK: Working

    /// Claims jobs until there are no more or no worker is free.
    private func claim(
        _ wake: Wake, _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) async throws(StorageError) {
        while !Task.isCancelled {
            let free = workers - busy.value
            guard free > 0 else { return }
            do throws(StorageError) {
                let (jobs, rows) = try await queue.take(free)
                for job in jobs { begin(job, wake, &group) }
                if rows < free { return }
            } catch {
                // The next poll tries again.
                guard error.isRetryable else { throw error }
                return
            }
        }
    }

    private func begin(
        _ job: PostgresJob<Job>, _ wake: Wake,
        _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) {
        busy.add(1)
        group.addTask {
            await perform(job)
            busy.add(-1)
            wake.yield()
        }
    }

    private func perform(_ job: PostgresJob<Job>) async {
        do {
            try await withThrowingTaskGroup { group in
                group.addTask { try await work(job) }
                group.addTask { try await keepLease(of: job) }
                // The work, or a lease that is lost, or a cancellation; then the other one ends.
                defer { group.cancelAll() }
                _ = try await group.next()
            }
        } catch {
            let isCancelled = Task.isCancelled
            await Task { await giveBack(job, after: error, isCancelled: isCancelled) }.value
        }
    }

    /// Extends the lease again and again; it returns never but throws.
    private func keepLease(of job: PostgresJob<Job>) async throws {
        while true {
            try await queue.sleep(queue.settings.lease / 3)
            do throws(StorageError) {
                try await queue.extendLease(of: job)
            } catch  where error.isRetryable {
                // Two more times remain.
            }
        }
    }

    /// Says what became of a job that was not completed.
    ///
    /// When that fails too the lease will end, and somebody else have the job.
    private func giveBack(
        _ job: PostgresJob<Job>, after error: any Error, isCancelled: Bool
    ) async {
        if isCancelled {
            try? await queue.release(job)
        } else {
            _ = try? await queue.fail(job, because: String(describing: error))
        }
    }
}
