extension SQL {
    /// The same statement, in which an expression is one expression wherever it stands.
    ///
    /// PostgreSQL compares what is selected with what is grouped by before it has a value: to it
    /// `age + $1` and `age + $2` are two things. So both are given the same parameter.
    func sharing(_ expressions: [SQL]) -> SQL {
        // The longest first: what is a part of another one is the same in it anyway.
        let wanted = expressions.filter(\.hasValues).map(\.parts).sorted { $0.count > $1.count }
        return wanted.reduce(into: self) { $0.share($1) }
    }

    private mutating func share(_ expression: [Part]) {
        var (before, result) = (parts[...], [] as [Part])
        while !before.isEmpty {
            if before.starts(with: expression, by: { $0.isExactly($1) }) {
                result.append(.shared(expression))
                before = before.dropFirst(expression.count)
            } else {
                result.append(before.removeFirst())
            }
        }
        parts = result
    }

    /// Whether there is a value in it, and none that comes with each run of the statement.
    private var hasValues: Bool {
        !parts.contains(.placeholder)
            && parts.contains { part in
                switch part {
                case .value, .match: true
                case .list(let values, _): !values.isEmpty
                case .text, .identifier, .placeholder, .word, .shared, .rendered: false
                }
            }
    }
}

extension SQL.Part {
    /// Whether it is the same to a database, to which texts of other bytes are other texts.
    func isExactly(_ other: Self) -> Bool { self == other && exactTexts == other.exactTexts }

    private var exactTexts: [ExactText] {
        switch self {
        case .text(let text), .identifier(let text): [ExactText(text)]
        case .value(let value): value.exactTexts
        case .list(let values, _): values.flatMap(\.exactTexts)
        case .match(let pattern): pattern.exactTexts
        case .shared(let parts): parts.flatMap(\.exactTexts)
        case .rendered(let rendered): [ExactText(rendered.text)]
        case .placeholder, .word: []
        }
    }
}

extension SQLValue {
    fileprivate var exactTexts: [ExactText] {
        switch self {
        case .text(let text), .json(let text): [ExactText(text)]
        case .null, .boolean, .integer, .real, .bytes, .date, .uuid, .decimal: []
        }
    }
}

extension SQLPattern {
    fileprivate var exactTexts: [ExactText] {
        pieces.map { piece in
            if case .text(let text) = piece { ExactText(text) } else { ExactText("") }
        }
    }
}
