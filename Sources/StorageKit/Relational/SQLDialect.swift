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
