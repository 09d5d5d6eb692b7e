/// A statement written for one database: the text with placeholders, and what to bind to them.
public struct RenderedSQL: Hashable, Sendable {
    /// A place for a value in the text.
    public enum Parameter: Hashable, Sendable {
        /// A value that the statement was written with.
        case value(SQLValue)
        /// A value that comes with each run of a prepared statement.
        case placeholder
    }

    /// The statement, in the words of the database.
    public var text: String
    /// What stands at each placeholder, in their order.
    public var parameters: [Parameter]

    /// Creates a rendered statement.
    public init(text: String, parameters: [Parameter] = []) {
        self.text = text
        self.parameters = parameters
    }
}

extension SQL {
    /// Writes the statement for a database.
    ///
    /// Linear in its length.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` for an interpolated value that SQL cannot
    ///   hold, ``StorageError/Code/invalidArgument`` for an impossible identifier.
    public func rendered(for dialect: some SQLDialect) throws(StorageError) -> RenderedSQL {
        if let failure { throw failure }
        // The commonest statements of all: one piece of text, or written before.
        if parts.count == 1 {
            if case .text(let text) = parts[0] { return RenderedSQL(text: text) }
            if case .rendered(let rendered) = parts[0] { return rendered }
        }
        var writing = StatementWriting(dialect: dialect)
        try writing.append(parts)
        return writing.rendered
    }
}

/// A statement that is being written for a database.
private struct StatementWriting<Dialect: SQLDialect> {
    let dialect: Dialect
    var rendered = RenderedSQL(text: "")
    /// What ``SQL/Part/shared(_:)`` has become, to be written in the same way again.
    private var shared: [[SQL.Part]: String] = [:]

    init(dialect: Dialect) { self.dialect = dialect }

    mutating func append(_ parts: [SQL.Part]) throws(StorageError) {
        for part in parts {
            switch part {
            case .text(let text):
                rendered.text += text
            case .identifier(let name):
                rendered.text += try dialect.quoted(name)
            case .value(let value):
                append(.value(value))
            case .placeholder:
                append(.placeholder)
            case .list(let values, let type):
                append(values, type)
            case .match(let pattern):
                rendered.text += dialect.matchOperator
                append(.value(.text(try dialect.text(of: pattern))))
            case .word(let word):
                rendered.text += dialect.text(of: word)
            case .shared(let parts):
                try append(shared: parts)
            case .rendered(let statement):
                // Its placeholders may be numbered, from 1.
                guard rendered.parameters.isEmpty else { throw .parametersBeforeRendered }
                rendered.text += statement.text
                rendered.parameters = statement.parameters
            }
        }
    }

    private mutating func append(_ parameter: RenderedSQL.Parameter) {
        rendered.parameters.append(parameter)
        rendered.text += dialect.placeholder(rendered.parameters.count)
    }

    private mutating func append(_ values: [SQLValue], _ type: SQLType) {
        guard !values.isEmpty else { return rendered.text += dialect.emptyList(of: type) }
        for (index, value) in values.enumerated() {
            rendered.text += index == 0 ? "(" : ", "
            append(.value(value))
        }
        rendered.text += ")"
    }

    /// Where parameters have numbers the text can stand again, with the parameters it has.
    private mutating func append(shared parts: [SQL.Part]) throws(StorageError) {
        if let text = shared[parts] { return rendered.text += text }
        let before = rendered.text
        rendered.text = ""
        try append(parts)
        if dialect.placeholder(1) != dialect.placeholder(2) { shared[parts] = rendered.text }
        rendered.text = before + rendered.text
    }
}

extension StorageError {
    fileprivate static var parametersBeforeRendered: StorageError {
        StorageError(
            code: .internalError,
            message: "a statement that was rendered before stands behind parameters; "
                + "please report it")
    }
}

extension SQL: CustomStringConvertible {
    /// The statement with `?` for each parameter: its values withheld, fit for a log.
    public var description: String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .text(let piece): text += piece
            case .identifier(let name): text += name.quotedAsIdentifier
            case .value, .placeholder: text += "?"
            case .list(let values, _):
                text += "(\(repeatElement("?", count: values.count).joined(separator: ", ")))"
            case .match: text += "LIKE ?"
            case .word(let word): text += word.standardText
            case .shared(let parts): text += SQL(parts: parts).description
            case .rendered(let statement): text += statement.text
            }
        }
    }
}
