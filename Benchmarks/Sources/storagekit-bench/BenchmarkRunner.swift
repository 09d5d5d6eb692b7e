/// Runs cases: ours and the baseline by turns, so that a machine that slows down slows both.
struct BenchmarkRunner {
    /// How many times each side runs, after one run of each that is not counted.
    let rounds: Int

    func run(_ benchmark: BenchmarkCase) async throws -> BenchmarkResult {
        var ours: [BenchmarkRate] = []
        var baseline: [BenchmarkRate] = []
        for round in 0...rounds {
            // Who goes first alternates, lest one always finds the caches the other has warmed.
            let pair =
                round.isMultiple(of: 2)
                ? try await oursFirst(benchmark) : try await baselineFirst(benchmark)
            guard round > 0 else { continue }
            ours.append(pair.ours)
            baseline.append(pair.baseline)
        }
        return BenchmarkResult(benchmark: benchmark, ours: ours, baseline: baseline)
    }

    /// Takes a figure as often as it is to be taken, after once that is not counted.
    func run(_ measure: BenchmarkMeasure) async throws -> BenchmarkMeasureResult {
        var figures: [BenchmarkMeasure.Figure] = []
        for round in 0...measure.rounds {
            let figure = try await measure.measure()
            if round > 0 { figures.append(figure) }
        }
        return BenchmarkMeasureResult(measure: measure, figures: figures)
    }

    private struct Pair {
        var ours: BenchmarkRate
        var baseline: BenchmarkRate
    }

    private func oursFirst(_ benchmark: BenchmarkCase) async throws -> Pair {
        let ours = try await rate(benchmark, benchmark.ours)
        let baseline = try await rate(benchmark, benchmark.baseline)
        return try pair(benchmark, ours, baseline)
    }

    private func baselineFirst(_ benchmark: BenchmarkCase) async throws -> Pair {
        let baseline = try await rate(benchmark, benchmark.baseline)
        let ours = try await rate(benchmark, benchmark.ours)
        return try pair(benchmark, ours, baseline)
    }

    private typealias Measured = (rate: BenchmarkRate, checkSum: Int64)

    private func rate(
        _ benchmark: BenchmarkCase, _ work: () async throws -> Int64
    ) async throws -> Measured {
        try await benchmark.reset()
        let count = Double(benchmark.operationCount)
        let clock = ContinuousClock()
        let (start, usage) = (clock.now, ProcessUsage())
        let checkSum = try await work()
        let seconds = (clock.now - start) / .seconds(1)
        let processorSeconds = ProcessUsage().processorSeconds - usage.processorSeconds
        let rate = BenchmarkRate(
            perSecond: count / seconds, processorNanoseconds: processorSeconds / count * 1e9)
        return (rate, checkSum)
    }

    private func pair(
        _ benchmark: BenchmarkCase, _ ours: Measured, _ baseline: Measured
    ) throws -> Pair {
        guard ours.checkSum == baseline.checkSum, baseline.checkSum >= 0 else {
            throw BenchmarkError.differentWork(benchmark.id, ours.checkSum, baseline.checkSum)
        }
        return Pair(ours: ours.rate, baseline: baseline.rate)
    }
}

/// Why a benchmark's figure would mean nothing.
enum BenchmarkError: Error, CustomStringConvertible {
    case differentWork(String, Int64, Int64)
    case baselineFailed(String)
    case noServer(String)
    case notAsPromised(String, String)

    var description: String {
        switch self {
        case .differentWork(let id, let ours, let baseline):
            "\(id): the two sides did different work: check sums \(ours) and \(baseline)"
        case .baselineFailed(let what):
            "the C baseline failed: \(what)"
        case .noServer(let advice):
            advice
        case .notAsPromised(let id, let what):
            "\(id): \(what)"
        }
    }
}
