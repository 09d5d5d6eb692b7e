/// One line of the second table: what is counted or timed by itself, with nothing beside it.
struct BenchmarkMeasure: Sendable {
    /// The name under which the figure is tracked; it never changes.
    let id: String
    /// What is measured, in a few words.
    let summary: String
    /// What the figure counts.
    let unit: String
    /// How often it is taken; once for what is exact.
    var rounds = 1
    /// Takes the figure; throws when what it is there to show did not happen.
    let measure: @Sendable () async throws -> Figure

    /// A figure, and what there is to say about it.
    struct Figure {
        let value: Double
        var remark = ""
    }
}
