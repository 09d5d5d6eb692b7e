#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import StorageKit

extension RelationalDefect {
    /// What becomes of a value on its way to the database; `nil` when nothing does.
    func changed(_ value: SQLValue) -> SQLValue? {
        switch (self, value) {
        case (.narrowsIntegers, .integer(let integer)):
            .integer(Int64(Int32(truncatingIfNeeded: integer)))
        case (.roundsReals, .real(let real)): .real(Double(Float(real)))
        case (.cutsTextAtNUL, .text(let text)): .text(String(text.prefix { $0 != "\0" }))
        case (.takesEmptyForNull, .text("")), (.takesEmptyForNull, .bytes([])): .null
        case (.cutsBytesAtNUL, .bytes(let bytes)): .bytes(Array(bytes.prefix { $0 != 0 }))
        case (.takesBooleansForTrue, .boolean): .boolean(true)
        case (.shiftsOldDates, .date(let date)) where date.timeIntervalSince1970 < 0:
            .date(date.addingTimeInterval(1))
        case (.mixesUUIDs, .uuid(let uuid)): .uuid(uuid.withFirstFourBytesReversed)
        case (.takesDecimalsForReals, .decimal(let decimal)):
            .decimal(Decimal(Double("\(decimal)") ?? 0))
        case (.foldsJSON, .json(let json)): .json(json.lowercased())
        default: nil
        }
    }

    /// The statement as it is sent.
    func sent(_ sql: SQL, _ dialect: any SQLDialect) -> SQL {
        if let rewritten = rewritten(sql, dialect) { return rewritten }
        if self == .splicesValues { return spliced(sql, dialect) }
        if self == .splicesNames {
            let rendered = try? sql.rendered(for: NamePastingDialect(base: dialect))
            return rendered.map { SQL($0) } ?? sql
        }
        guard let rendered = try? sql.rendered(for: dialect) else { return sql }
        var isChanged = false
        let parameters = rendered.parameters.map { parameter -> RenderedSQL.Parameter in
            guard case .value(let value) = parameter, let other = changed(value) else {
                return parameter
            }
            isChanged = true
            return .value(other)
        }
        return isChanged ? SQL(RenderedSQL(text: rendered.text, parameters: parameters)) : sql
    }

    /// The statement with its texts and integers as parts of it, as if nobody had heard of quotes.
    private func spliced(_ sql: SQL, _ dialect: any SQLDialect) -> SQL {
        guard let rendered = try? sql.rendered(for: MarkingDialect(base: dialect)) else {
            return sql
        }
        var result = SQL()
        let pieces = rendered.text.split(
            separator: MarkingDialect.mark, omittingEmptySubsequences: false)
        for (index, piece) in pieces.enumerated() {
            result += SQL(verbatim: String(piece))
            guard index < rendered.parameters.count else { continue }
            switch rendered.parameters[index] {
            case .value(.text(let text)): result += SQL(verbatim: "'\(text)'")
            case .value(let value): result += SQL.value(value)
            case .placeholder: result += SQL.placeholder
            }
        }
        return result
    }
}

/// A dialect whose placeholders can be found again.
private struct MarkingDialect: SQLDialect {
    static let mark = "\u{F8FF}"

    let base: any SQLDialect

    func placeholder(_ number: Int) -> String { Self.mark }

    func quoted(_ identifier: String) throws(StorageError) -> String {
        try base.quoted(identifier)
    }

    func count(ofTables name: String) -> SQL { base.count(ofTables: name) }
}

/// A dialect that has not heard of quotes inside names.
private struct NamePastingDialect: SQLDialect {
    let base: any SQLDialect

    func placeholder(_ number: Int) -> String { base.placeholder(number) }

    func quoted(_ identifier: String) throws(StorageError) -> String {
        _ = try base.quoted(identifier)
        return "\"\(identifier)\""
    }

    func count(ofTables name: String) -> SQL { base.count(ofTables: name) }
}

extension UUID {
    /// As if the first number of it had been read in the other order of bytes.
    fileprivate var withFirstFourBytesReversed: UUID {
        var bytes = uuid
        (bytes.0, bytes.1, bytes.2, bytes.3) = (bytes.3, bytes.2, bytes.1, bytes.0)
        return UUID(uuid: bytes)
    }
}
