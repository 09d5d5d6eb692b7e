/// What the workers of one ``BlockingWorkers`` share: the waiting jobs and the census of threads.
///
/// A pure value: it decides, its owner acts. Invariants, checked after every step of the unit
/// tests: `0 ≤ idle`, `0 ≤ searching ≤ 1`, `idle + searching ≤ threads ≤ maximumThreads`, and after
/// `close` no job enters.
struct BlockingQueueState<Job> {
    /// What the owner has to do after a submission.
    enum Submission {
        /// Start a thread; the state has counted it.
        case startThread
        /// Tell the thread that searches, which is awake.
        case tellSearcher
        /// Wake an idle thread.
        case wakeThread
        /// Nothing: every thread is busy and one of them will come to it.
        case wait
        /// The queue is closed; refuse the job.
        case closed
    }

    /// What a worker does next.
    enum Step {
        /// This job, with the thread's own resource.
        case run(Job)
        /// Release the resource and end.
        case exit
    }

    let maximumThreads: Int
    private(set) var threads = 0
    private(set) var idle = 0
    /// How many threads look for a job without sleeping: one at the most, for many would take the
    /// processors from those who have the jobs.
    private(set) var searching = 0
    private(set) var isClosed = false
    /// How many jobs have come in.
    private(set) var accepted = 0
    /// Taken jobs leave a `nil`: their closures must be let go by the thread that ran them, and not
    /// here, where the owner holds a lock that a `deinit` might want.
    private var jobs: [Job?] = []
    /// When each of `jobs` came in; ascending.
    private var arrivals: [Duration] = []
    private var head = 0

    init(maximumThreads: Int) {
        precondition(maximumThreads >= 1, "workers need a thread")
        self.maximumThreads = maximumThreads
    }

    /// How many jobs wait for a thread.
    var waiting: Int { jobs.count - head }

    var invariantHolds: Bool {
        idle >= 0 && (0...1).contains(searching) && idle + searching <= threads
            && threads <= maximumThreads && head <= jobs.count
    }

    /// Takes a job in, in amortised constant time.
    ///
    /// - Parameter arrival: The time, if anybody is to ask how long jobs wait.
    mutating func submit(_ job: Job, at arrival: Duration = .zero) -> Submission {
        guard !isClosed else { return .closed }
        jobs.append(job)
        arrivals.append(arrival)
        accepted += 1
        if searching >= waiting { return .tellSearcher }
        // As many free threads as waiting jobs means that a wake-up will reach one that is asleep.
        if idle + searching >= waiting { return .wakeThread }
        guard threads < maximumThreads else { return .wait }
        threads += 1
        return .startThread
    }

    /// What a worker that is free does next; `nil` when it has to wait.
    ///
    /// - Parameter wasIdle: Whether the worker was counted as idle by an earlier `nil`.
    mutating func next(wasIdle: Bool) -> Step? {
        if wasIdle { idle -= 1 }
        if let job = takeFirst() { return .run(job) }
        if isClosed { return .exit }
        idle += 1
        return nil
    }

    /// Lets a worker that is free search, if nobody does and there is nothing to be found yet.
    ///
    /// - Returns: Whether it is to search, and to call ``endSearch()`` then.
    mutating func beginSearch() -> Bool {
        guard searching == 0, waiting == 0, !isClosed else { return false }
        searching = 1
        return true
    }

    /// Ends a search; what the worker does now is what ``next(wasIdle:)`` says.
    mutating func endSearch() { searching = 0 }

    /// The job that has waited longest.
    var first: Job? { head < jobs.count ? jobs[head] : nil }

    /// Takes the job that has waited longest, if the body wants it, for a worker that is busy.
    mutating func takeFirst(if isWanted: (Job) -> Bool) -> Job? {
        guard let first, isWanted(first) else { return nil }
        return takeFirst()
    }

    /// When the job that has waited longest came in; `nil` when none waits.
    var oldest: Duration? { waiting > 0 ? arrivals[head] : nil }

    /// Takes the jobs out that have waited since a time or longer.
    mutating func takeWaiting(since time: Duration) -> [Job] {
        var taken: [Job] = []
        while let oldest, oldest <= time, let job = takeFirst() { taken.append(job) }
        return taken
    }

    /// Refuses new jobs from now on; those that wait are still run.
    mutating func close() { isClosed = true }

    /// Forgets a thread that has released its resource after ``Step/exit``.
    mutating func threadEnded() { threads -= 1 }

    /// Forgets a thread that could not be started.
    ///
    /// - Returns: The waiting jobs, when no thread is left that could run them.
    mutating func threadFailed() -> [Job] {
        threads -= 1
        guard threads == 0 else { return [] }
        defer {
            jobs = []
            arrivals = []
            head = 0
        }
        return jobs[head...].compactMap(\.self)
    }

    private mutating func takeFirst() -> Job? {
        guard head < jobs.count else { return nil }
        let job = jobs[head].take()
        head += 1
        // Dropping the taken half keeps each job's share of the copying constant.
        if head * 2 >= jobs.count {
            jobs.removeFirst(head)
            arrivals.removeFirst(head)
            head = 0
        }
        return job
    }
}
