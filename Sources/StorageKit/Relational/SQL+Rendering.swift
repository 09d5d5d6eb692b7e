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
        var rendered = RenderedSQL(text: "")
        for part in parts {
            switch part {
            case .text(let text):
                rendered.text += text
            case .identifier(let name):
                rendered.text += try dialect.quoted(name)
            case .value(let value):
                rendered.append(value, dialect)
            case .placeholder:
                rendered.parameters.append(.placeholder)
                rendered.text += dialect.placeholder(rendered.parameters.count)
            case .list(let values, let type):
                rendered.append(values, type, dialect)
            case .match(let pattern):
                rendered.text += dialect.matchOperator
                rendered.append(.text(try dialect.text(of: pattern)), dialect)
            case .word(let word):
                rendered.text += dialect.text(of: word)
            case .rendered(let statement):
                // Its placeholders may be numbered, from 1.
                guard rendered.parameters.isEmpty else { throw .parametersBeforeRendered }
                rendered.text += statement.text
                rendered.parameters = statement.parameters
            }
        }
        return rendered
    }
}

extension RenderedSQL {
    fileprivate mutating func append(_ value: SQLValue, _ dialect: some SQLDialect) {
        parameters.append(.value(value))
        text += dialect.placeholder(parameters.count)
    }

    fileprivate mutating func append(
        _ values: [SQLValue], _ type: SQLType, _ dialect: some SQLDialect
    ) {
        guard !values.isEmpty else { return text += dialect.emptyList(of: type) }
        for (index, value) in values.enumerated() {
            text += index == 0 ? "(" : ", "
            append(value, dialect)
        }
        text += ")"
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
            case .rendered(let statement): text += statement.text
            }
        }
    }
}
