import StorageKit

extension DocumentAggregationDefect {
    /// What becomes of fields on their way to the sound store.
    func changed(
        _ fields: DocumentFields<DocumentExpression>
    ) -> DocumentFields<DocumentExpression> {
        DocumentFields(fields.elements.map { .init($0.name, changed($0.value)) })
    }

    /// What becomes of an expression: first of its parts, then of itself.
    func changed(_ expression: DocumentExpression) -> DocumentExpression {
        switch expression {
        case .field(let path): field(path)
        case .literal(let value): literal(value)
        case .root, .variable: expression
        case .document(let fields): .document(filled(changed(fields)))
        case .array(let values): .array(values.map(changed))
        case .unary(let name, let value): unary(name, changed(value))
        case .binary(let name, let left, let right): binary(name, changed(left), changed(right))
        case .variadic(let name, let values): variadic(name, values.map(changed))
        case .rounded(let value, let places, let rounding):
            self == .roundsHalfUp && places == 0 && rounding == .toNearestOrEven
                ? .floor(.add(changed(value), 0.5)) : .rounded(changed(value), places: places, rounding)
        case .datePart(let part, let value):
            .datePart(
                self == .beginsOnMondays && part == .dayOfWeek ? .isoDayOfWeek : part,
                of: changed(value))
        case .conditional(let condition, let value, let other):
            self == .choosesOther
                ? .conditional(changed(condition), then: changed(other), else: changed(value))
                : .conditional(changed(condition), then: changed(value), else: changed(other))
        case .switch(let branches, let other):
            .switch(
                branches.map { DocumentBranch(changed($0.condition), then: changed($0.value)) },
                default: changed(other))
        case .filter(let array, let name, let condition):
            .filter(
                changed(array), as: name,
                where: self == .filtersOthers ? .not(changed(condition)) : changed(condition))
        case .map(let array, let name, let value):
            .map(changed(array), as: name, changed(value))
        }
    }

    /// An expression that gives nothing.
    private var nothing: DocumentExpression { .field("nothing-is-here") }

    private func field(_ path: DocumentPath) -> DocumentExpression {
        guard self == .stopsAtArrays, path.components.count > 1 else { return .field(path) }
        let first = DocumentExpression.field(DocumentPath(path.components[0]))
        return .conditional(
            .equal(.type(of: first), "array"), then: nothing, else: .field(path))
    }

    private func literal(_ value: DocumentValue) -> DocumentExpression {
        switch (self, value) {
        case (.readsLiterals, .string("$a")): .field("a")
        case (.computesConstantsLater, _): .ifNull(nothing, .literal(value))
        default: .literal(value)
        }
    }

    private func filled(
        _ fields: DocumentFields<DocumentExpression>
    ) -> DocumentFields<DocumentExpression> {
        guard self == .fillsDocuments else { return fields }
        return DocumentFields(
            fields.elements.map { .init($0.name, .ifNull($0.value, .literal(.null))) })
    }

    private func unary(
        _ name: DocumentUnaryOperator, _ value: DocumentExpression
    ) -> DocumentExpression {
        switch (self, name) {
        case (.roundsDown, .ceiling): .unary(.floor, value)
        case (.sumsArraysAlone, .sum):
            .conditional(
                .equal(.type(of: value), "array"), then: .sum(of: value),
                else: .literal(.int32(0)))
        case (.countsBytes, .characterCount): .unary(.byteCount, value)
        case (.takesMissingForNull, .type): .type(of: .ifNull(value, .literal(.null)))
        case (.takesEmptyForFalse, .not): .not(emptyIsFalse(value))
        default: .unary(name, value)
        }
    }

    private func binary(
        _ name: DocumentBinaryOperator, _ left: DocumentExpression, _ right: DocumentExpression
    ) -> DocumentExpression {
        switch (self, name) {
        case (.subtractsBackwards, .subtract): .subtract(right, left)
        case (.dividesByZero, .divide):
            .conditional(
                .equal(right, 0), then: .literal(.null), else: .divide(left, right))
        case (.ignoresSigns, .mod): .absolute(.mod(left, right))
        case (.ignoresEquality, .lessOrEqual): .less(left, right)
        case (.findsFromStart, .elementAt):
            .conditional(
                .less(right, 0), then: nothing, else: .binary(.elementAt, left, right))
        default: .binary(name, left, right)
        }
    }

    private func variadic(
        _ name: DocumentVariadicOperator, _ values: [DocumentExpression]
    ) -> DocumentExpression {
        switch (self, name) {
        case (.addsNull, .add):
            .variadic(.add, values.map { .ifNull($0, .literal(.int32(0))) })
        case (.addsInSteps, .add) where values.count > 2:
            values.dropFirst().reduce(values[0]) { .add($0, $1) }
        case (.takesEmptyForFalse, .and), (.takesEmptyForFalse, .or):
            .variadic(name, values.map(emptyIsFalse))
        case (.takesZeroForNull, .ifNull):
            .variadic(
                .ifNull,
                values.map { .conditional(.equal($0, 0), then: .literal(.null), else: $0) })
        default: .variadic(name, values)
        }
    }

    private func emptyIsFalse(_ value: DocumentExpression) -> DocumentExpression {
        .conditional(.equal(value, ""), then: false, else: value)
    }
}

extension DocumentAggregationDefect {
    /// What becomes of an accumulator on its way to the sound store.
    func changed(_ accumulator: DocumentAccumulator) -> DocumentAccumulator {
        switch accumulator {
        case .count:
            guard self == .countsFields else { return .count }
            return .sum(
                .conditional(
                    .equal(.type(of: .field("a")), "missing"), then: .literal(.int32(0)),
                    else: .literal(.int32(1))))
        case .of(let accumulation, let value): return changed(accumulation, changed(value))
        }
    }

    private func changed(
        _ accumulation: DocumentAccumulation, _ value: DocumentExpression
    ) -> DocumentAccumulator {
        switch (self, accumulation) {
        case (.sumsReals, .sum):
            .sum(.conditional(.unary(.isNumber, value), then: .multiply(value, 1.0), else: 0.0))
        case (.averagesAll, .average): .average(.ifNull(value, 0))
        case (.swapsExtremes, .min): .max(value)
        case (.swapsExtremes, .max): .min(value)
        case (.takesLastForFirst, .first): .last(value)
        case (.pushesOnce, .push): .addToSet(value)
        case (.addsTwice, .addToSet): .push(value)
        case (.ignoresSamples, .standardDeviationOfSample): .standardDeviationOfPopulation(value)
        case (.flattensPushed, .push):
            if case .array(let values) = value, let first = values.first {
                .push(.ifNull(first, .literal(.null)))
            } else {
                .push(value)
            }
        default: .of(accumulation, value)
        }
    }

    /// What is shown instead of a result.
    func shown<Row>(_ row: Row) -> Row {
        guard var document = row as? Document else { return row }
        for place in document.fields.indices {
            document.fields[place].value = shown(document.fields[place].value)
        }
        return document as? Row ?? row
    }

    private func shown(_ value: DocumentValue) -> DocumentValue {
        switch (self, value) {
        case (.widensToReals, .int64(let number)) where Int32(exactly: number) == nil:
            .double(Double(number))
        case (.takesDecimalsForReals, .decimal128(let number)):
            .double(Double(number.description) ?? .nan)
        case (.takesMomentsForNumbers, .date(let date)): .int64(date.millisecondsSince1970)
        default: value
        }
    }

    /// Whether an error is not told.
    func conceals(_ error: StorageError) -> Bool {
        switch self {
        case .acceptsPipelines, .acceptsExpressions: error.code == .invalidArgument
        case .takesUnfitForNull: error.code == .wrongType
        default: false
        }
    }
}
