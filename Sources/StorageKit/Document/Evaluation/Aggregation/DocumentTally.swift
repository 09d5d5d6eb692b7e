/// What an accumulator has come to.
struct DocumentTally {
    private let accumulation: DocumentAccumulation
    private var sum = DocumentSum()
    private var deviation = DocumentDeviation()
    /// How many numbers there were.
    private var numbers = 0
    private var held: DocumentValue?
    private var isBegun = false
    private var values: [DocumentValue] = []
    private var seen: Set<DocumentWorth> = []

    init(_ accumulation: DocumentAccumulation) { self.accumulation = accumulation }

    /// Adds a document's value; `nil` for nothing.
    mutating func add(_ value: DocumentValue?) {
        switch accumulation {
        case .sum, .average, .standardDeviationOfPopulation, .standardDeviationOfSample:
            if let number = value.flatMap({ DocumentOperand($0) }) { add(number) }
        case .min, .max:
            guard let value, !Optional(value).isNothing else { return }
            if let held, isHeldBetter(held.compared(to: value)) { return }
            held = value
        case .first:
            if !isBegun { held = value }
            isBegun = true
        case .last: held = value
        case .push: if let value { values.append(value) }
        case .addToSet:
            if let value, seen.insert(DocumentWorth(value)).inserted { values.append(value) }
        }
    }

    private mutating func add(_ number: DocumentOperand) {
        numbers += 1
        switch accumulation {
        case .sum, .average: sum.add(number)
        default: deviation.add(number.double)
        }
    }

    private func isHeldBetter(_ order: Int) -> Bool {
        accumulation == .min ? order <= 0 : order >= 0
    }

    /// What it comes to.
    var value: DocumentValue {
        switch accumulation {
        case .sum: sum.value
        case .average: numbers == 0 ? .null : sum.average(of: numbers)
        case .min, .max, .first, .last: held ?? .null
        case .push, .addToSet: .array(values)
        case .standardDeviationOfPopulation: deviation.value(lessDegrees: 0)
        case .standardDeviationOfSample: deviation.value(lessDegrees: 1)
        }
    }
}

/// How far numbers are from their mean, in one pass.
///
/// Source: B. P. Welford, "Note on a Method for Calculating Corrected Sums of Squares and
/// Products", 1962.
private struct DocumentDeviation {
    private var count = 0.0
    private var mean = 0.0
    private var squares = 0.0

    mutating func add(_ number: Double) {
        count += 1
        let delta = number - mean
        guard delta != 0 else { return }
        mean += delta / count
        squares += delta * (number - mean)
    }

    func value(lessDegrees degrees: Double) -> DocumentValue {
        guard count > degrees else { return .null }
        return .double((squares / (count - degrees)).squareRoot())
    }
}
