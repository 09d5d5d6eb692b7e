/// What the rounds of one measure gave.
struct BenchmarkMeasureResult {
    let measure: BenchmarkMeasure
    let figures: [BenchmarkMeasure.Figure]

    var values: [Double] { figures.map(\.value) }
    /// What was said about the last one.
    var remark: String { figures.last?.remark ?? "" }
}
