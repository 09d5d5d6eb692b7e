import StorageKit

extension DocumentDefect {
    /// What becomes of a filter on its way to the store.
    func changed(_ filter: DocumentFilter) -> DocumentFilter {
        switch filter {
        case .field(let path, .someElement(let inner)) where self == .looksAcrossElements:
            Self.prefixed(inner, with: path)
        case .field(let path, let predicate): .field(changed(path), changed(predicate))
        case .every(let filters): .every(filters.map(changed))
        case .either(let filters): .either(filters.map(changed))
        case .neither(let filters) where self == .takesNeitherForNotBoth:
            .neither([.every(filters.map(changed))])
        case .neither(let filters): .neither(filters.map(changed))
        }
    }

    private func changed(_ path: DocumentPath) -> DocumentPath {
        guard self == .ignoresPlaces else { return path }
        let names = path.components.filter { Int($0) == nil }
        return DocumentPath(names.joined(separator: "."))
    }

    private func changed(_ predicate: DocumentPredicate) -> DocumentPredicate {
        if let changed = changedComparison(predicate) ?? changedTest(predicate) { return changed }
        return switch predicate {
        case .both(let predicates): .both(predicates.map(changed))
        case .not(let inner): .not(changed(inner))
        default: predicate
        }
    }

    private func changedComparison(_ predicate: DocumentPredicate) -> DocumentPredicate? {
        switch (self, predicate) {
        case (.comparesTypes, .equal(.int64)): .both([predicate, .type([.int64])])
        case (.tellsMissingFromNull, .equal(.null)): .both([predicate, .exists(true)])
        case (.ignoresEquality, .lessOrEqual(let value)): .less(value)
        case (.comparesAsReals, .equal(.int64(let number))): .equal(.double(Double(number)))
        case (.takesNaNForNothing, .equal(.double(let number))) where number.isNaN: .oneOf([])
        case (.comparesKeysAsOthers, .greater(.minKey)): .both([predicate, .exists(true)])
        case (.ignoresFieldOrder, .equal(.document(let document))):
            .oneOf([
                .document(document), .document(Document(fields: document.fields.reversed())),
            ])
        case (.comparesBeginnings, .equal(.string(let text))):
            .matches(DocumentRegularExpression("^" + text))
        case (.findsNothingForNone, .noneOf([])): .oneOf([])
        case (.looksAtWholeArrays, .equal(.array)):
            .both([predicate, .not(.someValue([predicate]))])
        case (.wantsUnequalFields, .notEqual): .both([predicate, .exists(true)])
        default: nil
        }
    }

    private func changedTest(_ predicate: DocumentPredicate) -> DocumentPredicate? {
        switch (self, predicate) {
        case (.takesNullForMissing, .exists(true)): .notEqual(.null)
        case (.looksAtWholeTypes, .type(let types)) where !types.contains(.array):
            .both([predicate, .not(.type([.array]))])
        case (.ignoresPatternOptions, .matches(let expression)):
            .matches(DocumentRegularExpression(expression.pattern))
        // So many are what is behind a value in an order.
        case (.looksForOneType, .type(let types)) where types.count > 4: .type([types[0]])
        case (.ignoresRemainderSigns, .remainder(let rest, let divisor)):
            .remainder(abs(rest), dividedBy: divisor)
        case (.negatesWhatIsThere, .not): .both([predicate, .exists(true)])
        case (.wantsOneElement, .both(let predicates)): .someValue(predicates)
        case (.containsSome, .containsAll(let values)): .oneOf(values)
        case (.miscounts, .count(let count)): .count(count + 1)
        case (.looksAcrossValues, .someValue(let predicates)): .both(predicates)
        default: nil
        }
    }

    private static func prefixed(
        _ filter: DocumentFilter, with path: DocumentPath
    ) -> DocumentFilter {
        switch filter {
        case .field(let inner, let predicate): .field(path.appending(inner), predicate)
        case .every(let filters): .every(filters.map { prefixed($0, with: path) })
        case .either(let filters): .either(filters.map { prefixed($0, with: path) })
        case .neither(let filters): .neither(filters.map { prefixed($0, with: path) })
        }
    }
}
