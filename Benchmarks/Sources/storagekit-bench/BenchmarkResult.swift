/// What one run of one side gave.
struct BenchmarkRate {
    /// Operations per second.
    let perSecond: Double
    /// The time of all threads of this process on a processor, for one operation: what the side
    /// costs, also where another process had the processor in between.
    let processorNanoseconds: Double
}

/// What the rounds of one case gave.
struct BenchmarkResult {
    let benchmark: BenchmarkCase
    let ours: [BenchmarkRate]
    let baseline: [BenchmarkRate]

    /// Our rate over the baseline's, round by round: each pair ran side by side.
    var ratios: [Double] { zip(ours, baseline).map { $0.perSecond / $1.perSecond } }

    var unit: String { "\(benchmark.operation)/s" }
}

extension [BenchmarkRate] {
    var medianPerSecond: Double { map(\.perSecond).median }
    var medianProcessorNanoseconds: Double { map(\.processorNanoseconds).median }
}

extension [Double] {
    /// The middle value, or the mean of the two in the middle; 0 of nothing.
    var median: Double {
        guard !isEmpty else { return 0 }
        let sorted = sorted()
        let middle = count / 2
        return count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
