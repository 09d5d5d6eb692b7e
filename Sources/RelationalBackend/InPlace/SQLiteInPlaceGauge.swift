/// Whether reads in place are quick enough to go on with: a pure value.
///
/// A read that finds its pages in memory takes microseconds. One that has to wait for the disk
/// holds a thread of the cooperative pool meanwhile, and nothing can tell beforehand which it will
/// be. So the time of each is looked at afterwards: after a slow one the next reads go to a worker,
/// where waiting is allowed and which brings the pages into memory. The pause doubles while the
/// first read after it is slow again, so a file that does not fit in memory costs the pool one wait
/// in a thousand reads.
///
/// ```
///              slow: pause = 8                      slow: pause × 2, up to 1,024
///  admitting ───────────────────▶ pausing ──────▶ probing ─────────────▶ pausing
///      ▲                           pause reads       │ quick: pause = 0
///      └─────────────────────────────────────────────┘
/// ```
struct SQLiteInPlaceGauge {
    /// What a read in place may take: many times what it needs, and less than a disk with a seek.
    static let limit = Duration.milliseconds(1)
    static let shortestPause = 8
    static let longestPause = 1024

    private var pause = 0
    private var remaining = 0

    /// Whether the next read may be tried in place; counts it when not.
    mutating func admits() -> Bool {
        guard remaining > 0 else { return true }
        remaining -= 1
        return false
    }

    /// Takes in how long a read in place has taken.
    mutating func record(_ duration: Duration) {
        guard duration > Self.limit else {
            pause = 0
            return
        }
        pause = min(max(pause * 2, Self.shortestPause), Self.longestPause)
        remaining = pause
    }
}
