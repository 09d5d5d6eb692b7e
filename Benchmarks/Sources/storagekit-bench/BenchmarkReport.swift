import Foundation

/// The figures of a run, for people and for programs.
struct BenchmarkReport {
    let results: [BenchmarkResult]

    /// One aligned line for each case.
    var table: String {
        let header = [
            "operation", "ours", "baseline", "unit", "ratio", "range", "CPU ours", "CPU baseline",
        ]
        let rows = [header] + results.map(Self.cells)
        let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { Self.line($0, widths) }.joined(separator: "\n")
    }

    /// The figures as JSON: an object with `rows`, each with `id`, `ours`, `baseline`, `unit`,
    /// `ratio`, and the memory of the process.
    var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let document = Document(
                peakResidentBytes: ProcessUsage().peakResidentBytes, rows: results.map(Row.init))
            return try encoder.encode(document)
        }
    }

    private struct Document: Encodable {
        let peakResidentBytes: Int
        let rows: [Row]
    }

    private struct Row: Encodable {
        let id: String
        let ours: Double
        let baseline: Double
        let unit: String
        let ratio: Double
        let ratioRange: [Double]
        let processorNanoseconds: Double
        let baselineProcessorNanoseconds: Double
        let higherIsBetter: Bool
        let rounds: Int
        let summary: String

        init(_ result: BenchmarkResult) {
            id = result.benchmark.id
            ours = result.ours.medianPerSecond
            baseline = result.baseline.medianPerSecond
            unit = result.unit
            ratio = result.ratios.median
            ratioRange = [result.ratios.min() ?? 0, result.ratios.max() ?? 0]
            processorNanoseconds = result.ours.medianProcessorNanoseconds
            baselineProcessorNanoseconds = result.baseline.medianProcessorNanoseconds
            higherIsBetter = true
            rounds = result.ours.count
            summary = result.benchmark.summary
        }
    }

    private static func cells(_ result: BenchmarkResult) -> [String] {
        let low = String(format: "%.2f", result.ratios.min() ?? 0)
        let high = String(format: "%.2f", result.ratios.max() ?? 0)
        return [
            result.benchmark.id, grouped(result.ours.medianPerSecond),
            grouped(result.baseline.medianPerSecond),
            result.unit, String(format: "%.2f", result.ratios.median), "\(low)-\(high)",
            grouped(result.ours.medianProcessorNanoseconds),
            grouped(result.baseline.medianProcessorNanoseconds),
        ]
    }

    /// The names to the left, the figures to the right.
    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        zip(cells, widths).enumerated().map { column, cell in
            let padding = String(repeating: " ", count: cell.1 - cell.0.count)
            return column == 0 || column == 3 ? cell.0 + padding : padding + cell.0
        }.joined(separator: "  ")
    }

    private static func grouped(_ rate: Double) -> String {
        var digits = String(Int(rate.rounded()))
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits = String(digits.dropLast(3))
        }
        return ([digits] + groups).joined(separator: ",")
    }
}
