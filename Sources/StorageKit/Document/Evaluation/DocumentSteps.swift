/// A path, taken apart for walking.
struct DocumentSteps: Sendable {
    /// A name, and the place of an array that it is too.
    struct Step: Sendable {
        let name: String
        let index: Int?

        init(_ name: String) {
            self.name = name
            // "01" is a name and no place.
            index = Int(name).flatMap { $0 >= 0 && String($0) == name ? $0 : nil }
        }
    }

    let steps: [Step]

    init(_ path: DocumentPath) { steps = path.components.map(Step.init) }
}

/// Goes through all that a filter's path leads to.
///
/// Source: MongoDB's server, `BSONElementIterator`, by its behaviour.
struct DocumentWalk {
    /// What is looked at: a value or `nil` for a missing one, and the place in the outermost array
    /// that led there.
    ///
    /// The walk ends when it returns `true`.
    typealias Visit = (_ value: DocumentValue?, _ outer: Int?) -> Bool

    /// Whether an array at the path's end is looked at element by element, and then as a whole.
    let opensLastArray: Bool
    let visit: Visit

    /// Whether the walk was ended by a visit.
    func ends(
        in document: Document, _ steps: ArraySlice<DocumentSteps.Step>, outer: Int? = nil
    ) -> Bool {
        guard let step = steps.first, let place = document.place(of: step.name) else {
            return visit(nil, outer)
        }
        let value = document.fields[place].value
        let rest = steps.dropFirst()
        guard !rest.isEmpty else { return ends(atLast: value, outer) }
        switch value {
        case .document(let inner): return ends(in: inner, rest, outer: outer)
        case .array(let values): return ends(in: values, rest, outer: outer)
        default: return visit(nil, outer)
        }
    }

    private func ends(atLast value: DocumentValue, _ outer: Int?) -> Bool {
        if opensLastArray, case .array(let values) = value {
            for (place, element) in values.enumerated() where visit(element, outer ?? place) {
                return true
            }
        }
        return visit(value, outer)
    }

    /// Of an array on the way, each document is gone into, and the element at the place that the
    /// next name is; other elements lead nowhere.
    private func ends(
        in values: [DocumentValue], _ steps: ArraySlice<DocumentSteps.Step>, outer: Int?
    ) -> Bool {
        let rest = steps.dropFirst()
        for (place, element) in values.enumerated() {
            if case .document(let inner) = element, ends(in: inner, steps, outer: outer ?? place) {
                return true
            }
            guard steps.first?.index == place else { continue }
            if rest.isEmpty {
                if visit(element, outer) { return true }
            } else if case .document(let inner) = element {
                if ends(in: inner, rest, outer: outer) { return true }
            } else if case .array(let inner) = element {
                if ends(in: inner, rest, outer: outer) { return true }
            }
        }
        return false
    }
}
