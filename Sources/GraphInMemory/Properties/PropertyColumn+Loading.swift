extension PropertyColumn {
    /// A column of values at places that follow each other; `nil` for none or mixed ones.
    init?(_ values: PropertyValues, at first: Int) {
        switch values {
        case .bools(let values): self = .bools(.loaded(values, at: first, empty: false))
        case .integers(let values): self = .integers(.loaded(values, at: first, empty: 0))
        case .doubles(let values): self = .doubles(.loaded(values, at: first, empty: 0))
        case .strings(let values): self = .strings(.loaded(values, at: first, empty: ""))
        case .mixed: return nil
        }
    }

    /// Appends values of the column's own type at places that have none.
    mutating func append(_ values: PropertyValues, at first: Int) {
        switch values {
        case .bools(let values):
            guard case .bools(var column) = self else { return }
            self = .emptyMixed
            column.append(values, at: first)
            self = .bools(column)
        case .integers(let values):
            guard case .integers(var column) = self else { return }
            self = .emptyMixed
            column.append(values, at: first)
            self = .integers(column)
        case .doubles(let values):
            guard case .doubles(var column) = self else { return }
            self = .emptyMixed
            column.append(values, at: first)
            self = .doubles(column)
        case .strings(let values):
            guard case .strings(var column) = self else { return }
            self = .emptyMixed
            column.append(values, at: first)
            self = .strings(column)
        case .mixed: break
        }
    }

    /// Whether values can be appended: all of the column's type, at places that have none.
    func takes(_ values: PropertyValues, at first: Int) -> Bool {
        if let next = validity.next(from: first), next < first + values.count { return false }
        return switch (self, values) {
        case (.bools, .bools), (.integers, .integers), (.doubles, .doubles), (.strings, .strings):
            true
        default: false
        }
    }
}

extension TypedColumn {
    fileprivate static func loaded(_ values: [Value], at first: Int, empty: Value) -> TypedColumn {
        var column = TypedColumn(empty: empty)
        column.append(values, at: first)
        return column
    }
}
