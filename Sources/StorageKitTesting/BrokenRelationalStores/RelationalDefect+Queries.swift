import StorageKit

// Defects of typed queries: the statement that is sent is another one.
extension RelationalDefect {
    /// The other statement; `nil` where it is the same.
    func rewritten(_ sql: SQL, _ dialect: any SQLDialect) -> SQL? {
        let altered = AlteredDialect(base: dialect, defect: self)
        guard let rendered = try? sql.rendered(for: altered) else { return nil }
        let text = rewritten(rendered.text)
        let isSame = text == (try? sql.rendered(for: dialect))?.text
        guard !isSame || altersParameters else { return nil }
        let count = rendered.parameters.count - droppedParameters(rendered.text, text)
        return SQL(
            RenderedSQL(text: text, parameters: Array(rendered.parameters.prefix(count))))
    }

    /// Whether the values are changed and not the text.
    private var altersParameters: Bool { self == .knowsWildcards }

    /// How many placeholders are gone, which are the last ones: those of a condition.
    private func droppedParameters(_ before: String, _ after: String) -> Int {
        switch self {
        case .updatesEveryRow, .deletesEveryRow:
            before.dropFirst(after.count).count { $0 == "?" || $0 == "$" }
        default: 0
        }
    }

    private func rewritten(_ text: String) -> String {
        switch self {
        case .losesUnknown: text.replacing("IS NOT TRUE", with: "= (1 = 0)")
        case .tellsUnknown: text.replacing(" IS TRUE)", with: ")")
        case .ordersNullLast:
            text.replacing("NULLS FIRST", with: "NULLS\0LAST")
                .replacing("NULLS LAST", with: "NULLS FIRST").replacing("\0", with: " ")
        case .ignoresOrder: text.cut(from: " ORDER BY ", to: " LIMIT ")
        case .repeatsValues: text.replacing("SELECT DISTINCT ", with: "SELECT ")
        case .repeatsLastOfPage:
            text.replacing(") > (", with: ") >= (").replacing("\"id\" > ", with: "\"id\" >= ")
        case .joinsLoosely: text.replacing(" JOIN ", with: " LEFT JOIN ")
        case .joinsTightly: text.replacing(" LEFT JOIN ", with: " JOIN ")
        case .sumsUpToGreatest: text.replacing("sum(", with: "max(")
        case .keepsEveryGroup: text.replacing(" HAVING ", with: " HAVING 1 = 1 OR ")
        case .insertsWhatFits:
            text.hasPrefix("INSERT INTO \"thing\"") && !text.contains(" ON CONFLICT ")
                ? text + " ON CONFLICT DO NOTHING" : text
        case .updatesEveryRow: text.hasPrefix("UPDATE ") ? text.cut(from: " WHERE ") : text
        case .deletesEveryRow: text.hasPrefix("DELETE ") ? text.cut(from: " WHERE ") : text
        case .keepsRowInTheWay:
            text.cut(from: " DO UPDATE SET ", with: " DO NOTHING")
        case .takesOldForNew: text.replacing("\"excluded\".", with: "\"thing\".")
        case .ignoresEveryClash:
            text.replacing(" ON CONFLICT (\"id\") DO NOTHING", with: " ON CONFLICT DO NOTHING")
        case .returnsWithoutDeleting:
            text.hasPrefix("DELETE FROM") && text.contains(" RETURNING *")
                ? text.replacing("DELETE FROM", with: "SELECT * FROM").cut(from: " RETURNING ")
                : text
        default: text
        }
    }
}

extension String {
    /// With something else for what stands from one word up to another one, or up to the end.
    fileprivate func cut(
        from start: String, to end: String? = nil, with other: String = ""
    ) -> String {
        guard let from = firstRange(of: start)?.lowerBound else { return self }
        let to = end.flatMap { self[from...].firstRange(of: $0)?.lowerBound } ?? endIndex
        return self[..<from] + other + self[to...]
    }
}

/// A dialect with words that are not the database's.
private struct AlteredDialect: SQLDialect {
    let base: any SQLDialect
    let defect: RelationalDefect

    func placeholder(_ number: Int) -> String { base.placeholder(number) }

    func quoted(_ identifier: String) throws(StorageError) -> String {
        try base.quoted(identifier)
    }

    func count(ofTables name: String) -> SQL { base.count(ofTables: name) }

    func emptyList(of type: SQLType) -> String {
        defect == .findsInNone ? "(3)" : base.emptyList(of: type)
    }

    var matchOperator: String { base.matchOperator }

    func text(of pattern: SQLPattern) throws(StorageError) -> String {
        guard defect == .knowsWildcards else { return try base.text(of: pattern) }
        return try base.text(
            of: SQLPattern(
                pattern.pieces.map { [.text("%"), .text("*")].contains($0) ? .anything : $0 }))
    }

    func text(of word: SQLWord) -> String {
        switch (defect, word) {
        case (.comparesNullAsSQL, .isSame): "="
        case (.comparesNullAsSQL, .isDifferent): "<>"
        case (.ordersDecimalsAsText, .numerically): ""
        case (.computesDecimalsAsReals, .decimalFunction): ""
        case (.computesDecimalsAsReals, .decimalSign(.sum)): " + "
        case (.computesDecimalsAsReals, .decimalSign(.difference)): " - "
        case (.computesDecimalsAsReals, .decimalSign(.product)): " * "
        case (.computesDecimalsAsReals, .decimalSum): "sum"
        default: base.text(of: word)
        }
    }
}
