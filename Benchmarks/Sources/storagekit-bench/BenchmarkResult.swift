/// What the rounds of one case gave, as operations per second.
struct BenchmarkResult {
    let benchmark: BenchmarkCase
    let ours: [Double]
    let baseline: [Double]

    /// Our rate over the baseline's, round by round: each pair ran side by side.
    var ratios: [Double] { zip(ours, baseline).map { $0 / $1 } }

    var unit: String { "\(benchmark.operation)/s" }
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
