/// Which jobs a worker finishes together: a pure value.
///
/// A group is never waited for. It begins when a job that may share finds another one of its kind
/// right behind it, takes the jobs that are there or arrive while it works, and ends at the first
/// one that cannot share, when nobody waits, or at a limit. So a lone job is run as if there were
/// no groups, jobs keep their order, and many jobs at once make large groups by themselves: while
/// one group is finished the next one gathers.
struct BlockingGroup {
    let limits: BlockingGroupLimits
    /// How many jobs are in it.
    private(set) var count = 0

    init(limits: BlockingGroupLimits) { self.limits = limits }

    /// Takes the first waiting job in, if it fits.
    ///
    /// - Parameters:
    ///   - mayShare: Whether that job may share; `nil` when there is none.
    ///   - elapsed: The time since the group began.
    /// - Returns: Whether it is in.
    mutating func admit(mayShare: Bool?, after elapsed: Duration) -> Bool {
        guard mayShare == true, count < limits.maximumCount, elapsed < limits.maximumDuration
        else { return false }
        count += 1
        return true
    }
}

/// How large a group may become, which is how long its first member may wait for its last.
public struct BlockingGroupLimits: Hashable, Sendable {
    /// How many jobs a group has at the most.
    public var maximumCount: Int
    /// How long after its beginning a group takes a further job.
    public var maximumDuration: Duration

    /// Creates limits.
    public init(maximumCount: Int = 256, maximumDuration: Duration = .milliseconds(10)) {
        precondition(maximumCount >= 2, "a group has 2 jobs")
        self.maximumCount = maximumCount
        self.maximumDuration = maximumDuration
    }
}
