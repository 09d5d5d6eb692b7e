/// What a ``DocumentAccumulator`` makes of values.
public enum DocumentAccumulation: CaseIterable, Hashable, Sendable {
    /// The sum of the numbers among them.
    case sum
    /// The average of the numbers among them.
    case average
    /// The least but for null.
    case min
    /// The greatest but for null.
    case max
    /// The first document's.
    case first
    /// The last document's.
    case last
    /// All of them.
    case push
    /// All of them, of each worth one.
    case addToSet
    /// The standard deviation of the numbers among them, as a population.
    case standardDeviationOfPopulation
    /// The standard deviation of the numbers among them, as a sample.
    case standardDeviationOfSample
}
