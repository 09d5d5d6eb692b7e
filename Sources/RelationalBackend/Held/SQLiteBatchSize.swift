/// How many rows are fetched at a time: a pure value.
///
/// A batch costs a hop, so it should be long; it is held in memory and holds its thread, so it
/// should be short. Time stands for both: rows that take long are large, or hard to find. The size
/// doubles while a batch is over quickly and halves when it takes long.
struct SQLiteBatchSize {
    static let quick = Duration.microseconds(500)
    static let slow = Duration.milliseconds(4)
    static let largest = 1024

    private(set) var count = 32

    /// Takes in how long a batch has taken.
    mutating func record(_ duration: Duration) {
        if duration < Self.quick { count = min(count * 2, Self.largest) }
        if duration > Self.slow { count = max(count / 2, 1) }
    }
}
