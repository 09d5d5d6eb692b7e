extension Document {
    /// All values at a path; of an array at its end, the elements.
    package func values(at path: DocumentPath) -> [DocumentValue] {
        var found: [DocumentValue] = []
        collect(DocumentSteps(path).steps[...], into: &found)
        return found
    }

    private func collect(
        _ steps: ArraySlice<DocumentSteps.Step>, into found: inout [DocumentValue]
    ) {
        guard let step = steps.first, let place = place(of: step.name) else { return }
        Self.collect(fields[place].value, steps.dropFirst(), into: &found)
    }

    private static func collect(
        _ value: DocumentValue, _ steps: ArraySlice<DocumentSteps.Step>,
        into found: inout [DocumentValue]
    ) {
        switch value {
        case .array(let values):
            if steps.isEmpty {
                found += values
            } else if let step = steps.first, let index = step.index {
                guard values.indices.contains(index) else { return }
                collect(values[index], steps.dropFirst(), into: &found)
            } else {
                for case .document(let document) in values { document.collect(steps, into: &found) }
            }
        case .document(let document) where !steps.isEmpty: document.collect(steps, into: &found)
        default: if steps.isEmpty { found.append(value) }
        }
    }
}
