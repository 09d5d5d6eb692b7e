extension BlockingWorkersCore {
    /// Runs a job, and with it those that wait behind it and can be finished together with it.
    func run(_ job: Job, with resource: Resource) {
        guard let sharing, job.mayShare, isFollowedBySharingJob else {
            return job.run(with: resource)
        }
        sharing.begin(resource)
        finish(performGroup(from: job, with: resource, sharing), with: resource, sharing)
    }

    private var isFollowedBySharingJob: Bool {
        monitor.withLock { $0.queue.first?.mayShare == true }
    }

    /// Runs the jobs of a group, which keep their outcomes.
    ///
    /// - Returns: Those that were run, in their order.
    private func performGroup(
        from first: Job, with resource: Resource, _ sharing: BlockingSharing<Resource>
    ) -> [Job] {
        let start = ContinuousClock.now
        var group = BlockingGroup(limits: sharing.limits)
        var members: [Job] = []
        var next = group.admit(mayShare: true, after: .zero) ? first : nil
        while let job = next {
            if job.perform(with: resource) { members.append(job) }
            guard sharing.isIntact(resource) else { break }
            let elapsed = start.duration(to: .now)
            next = monitor.withLock { state in
                state.queue.takeFirst { group.admit(mayShare: $0.mayShare, after: elapsed) }
            }
        }
        return members
    }

    private func finish(
        _ members: [Job], with resource: Resource, _ sharing: BlockingSharing<Resource>
    ) {
        // None of them can be interrupted any more, and a late interruption of the last one is not
        // meant for all.
        resource.interrupter.reset()
        do throws(StorageError) {
            let isFinished = try sharing.finish(resource)
            for job in members {
                if isFinished { job.complete() } else { job.runAgain(with: resource) }
            }
        } catch {
            for job in members { job.fail(error) }
        }
    }
}
