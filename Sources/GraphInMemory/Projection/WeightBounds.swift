/// Between what the weights of a projection lie.
struct WeightBounds: Hashable, Sendable {
    /// The smallest; 1 where there are no weights.
    private(set) var minimum = 1.0
    /// The largest that is finite; 1 where there are no weights, 0 where none is.
    private(set) var maximum = 1.0
    /// Whether none is negative or not a number.
    private(set) var isUsable = true

    init(_ weights: [Double]?) {
        guard let weights, !weights.isEmpty else { return }
        (minimum, maximum) = (.infinity, 0)
        for weight in weights {
            minimum = weight < minimum ? weight : minimum
            maximum = weight > maximum && weight < .infinity ? weight : maximum
            if !(weight >= 0) { isUsable = false }
        }
    }
}
