import Foundation

/// The figures of a run, for people and for programs.
struct BenchmarkReport {
    let results: [BenchmarkResult]
    let measures: [BenchmarkMeasureResult]

    /// One aligned line for each measure.
    var measuresTable: String {
        let header = ["measure", "figure", "range", "unit", "remark"]
        return Self.table([header] + measures.map(Self.cells), textColumns: [0, 3, 4])
    }

    /// One aligned line for each case.
    var table: String {
        let header = [
            "operation", "ours", "baseline", "unit", "ratio", "range", "CPU ours", "CPU baseline",
        ]
        return Self.table([header] + results.map(Self.cells), textColumns: [0, 3])
    }

    /// The figures as JSON: an object with `rows`, each with `id`, `ours`, `baseline`, `unit`,
    /// `ratio`, with `measures`, each with `id`, `figure`, `unit`, and the memory of the process.
    var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let document = Document(
                peakResidentBytes: ProcessUsage().peakResidentBytes, rows: results.map(Row.init),
                measures: measures.map(Measure.init))
            return try encoder.encode(document)
        }
    }

    private struct Document: Encodable {
        let peakResidentBytes: Int
        let rows: [Row]
        let measures: [Measure]
    }

    private struct Measure: Encodable {
        let id: String
        let figure: Double
        let range: [Double]
        let unit: String
        let remark: String
        let rounds: Int
        let summary: String

        init(_ result: BenchmarkMeasureResult) {
            id = result.measure.id
            figure = result.values.median
            range = [result.values.min() ?? 0, result.values.max() ?? 0]
            unit = result.measure.unit
            remark = result.remark
            rounds = result.values.count
            summary = result.measure.summary
        }
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

    private static func cells(_ result: BenchmarkMeasureResult) -> [String] {
        let (low, high) = (result.values.min() ?? 0, result.values.max() ?? 0)
        return [
            result.measure.id, short(result.values.median),
            low == high ? "" : "\(short(low))-\(short(high))", result.measure.unit, result.remark,
        ]
    }

    private static func short(_ value: Double) -> String {
        value < 100 && value != value.rounded() ? String(format: "%.1f", value) : grouped(value)
    }

    private static func table(_ rows: [[String]], textColumns: Set<Int>) -> String {
        let columns = rows.first?.indices ?? 0..<0
        let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { line($0, widths, textColumns) }.joined(separator: "\n")
    }

    /// The texts to the left, the figures to the right.
    private static func line(
        _ cells: [String], _ widths: [Int], _ textColumns: Set<Int>
    ) -> String {
        zip(cells, widths).enumerated().map { column, cell in
            let padding = String(repeating: " ", count: cell.1 - cell.0.count)
            return textColumns.contains(column) ? cell.0 + padding : padding + cell.0
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
