/// How one database writes what SQL leaves open.
public protocol SQLDialect: Sendable {
    /// The text that stands for a parameter.
    ///
    /// - Parameter number: Its place in the statement, from 1.
    func placeholder(_ number: Int) -> String

    /// The name as a quoted identifier.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` when the database cannot have such a name.
    func quoted(_ identifier: String) throws(StorageError) -> String

    /// A question with one number: how many tables of this name there are, 0 or 1.
    func count(ofTables name: String) -> SQL

    /// A list of values without a value, in parentheses: `IN` it is false and `NOT IN` it is true.
    ///
    /// - Parameter type: What the values would be.
    func emptyList(of type: SQLType) -> String

    /// The operator, with the blank behind it, that matches a text with a pattern and tells upper
    /// from lower case.
    var matchOperator: String { get }

    /// A pattern in the language of ``matchOperator``.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` when the database cannot match such a text.
    func text(of pattern: SQLPattern) throws(StorageError) -> String

    /// A word of the database's.
    func text(of word: SQLWord) -> String

    /// The statement that asks how a statement would be run, and does not run it.
    func explanation(of statement: SQL) -> SQL

    /// A statement that makes transactions wait for each other that run it with the same number,
    /// until they end; `nil` where those that write wait for each other anyway.
    func exclusion(number: Int64) -> SQL?

    /// The most parameters that one statement can have.
    var maximumParameters: Int { get }
}

extension SQLDialect {
    /// Asks the information schema of the SQL standard.
    public func count(ofTables name: String) -> SQL {
        """
        SELECT count(*) FROM information_schema.tables
        WHERE table_schema = current_schema AND table_type = 'BASE TABLE' AND table_name = \(name)
        """
    }

    /// Quotes as the SQL standard does: in double quotes, those inside doubled.
    public func quoted(_ identifier: String) throws(StorageError) -> String {
        guard !identifier.isEmpty, !identifier.utf8.contains(0) else {
            throw StorageError(
                code: .invalidArgument,
                message: "a SQL identifier cannot be empty or contain a NUL character")
        }
        return identifier.quotedAsIdentifier
    }
}

extension SQLDialect {
    /// A subquery without rows.
    public func emptyList(of type: SQLType) -> String { "(SELECT NULL WHERE 1 = 0)" }

    /// The standard's `LIKE`.
    public var matchOperator: String { "LIKE " }

    /// With `%` for anything, and a backslash before what would be a wildcard.
    public func text(of pattern: SQLPattern) throws(StorageError) -> String {
        pattern.written(anything: "%") { "%_\\".unicodeScalars.contains($0) ? "\\\($0)" : nil }
    }

    /// The standard's words.
    public func text(of word: SQLWord) -> String { word.standardText }

    /// `EXPLAIN` before it.
    public func explanation(of statement: SQL) -> SQL { "EXPLAIN \(statement)" }

    /// None.
    public func exclusion(number: Int64) -> SQL? { nil }

    /// 65,535, the number that fits the two bytes of PostgreSQL's messages.
    public var maximumParameters: Int { 65_535 }
}

extension SQLWord {
    /// As the SQL standard has it, and PostgreSQL.
    var standardText: String {
        switch self {
        case .isSame: "IS NOT DISTINCT FROM"
        case .isDifferent: "IS DISTINCT FROM"
        case .bytewise: "COLLATE \"C\""
        case .numerically, .decimalFunction: ""
        case .decimalSign(let arithmetic): " \(arithmetic.sign) "
        case .decimalSum: "sum"
        }
    }
}

extension String {
    /// In double quotes, those inside doubled.
    ///
    /// By Unicode scalars: a quote with an accent on it is another `Character` to Swift, and to the
    /// database still the end of the name.
    var quotedAsIdentifier: String {
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in unicodeScalars {
            quoted.append(scalar)
            if scalar == "\"" { quoted.append(scalar) }
        }
        quoted.append("\"")
        return String(quoted)
    }
}
