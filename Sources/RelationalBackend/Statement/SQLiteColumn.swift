#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
public import StorageKit

/// A column of the row that a statement is at.
@usableFromInline
struct SQLiteColumn: SQLColumn {
    @usableFromInline let statement: SQLiteStatement
    @usableFromInline let index: Int32

    @inlinable
    init(statement: SQLiteStatement, index: Int32) {
        self.statement = statement
        self.index = index
    }

    private var cell: SQLiteCell { SQLiteCell(statement: statement.pointer, index: index) }

    @usableFromInline var name: String { cell.name }
    @usableFromInline var isNull: Bool { cell.isNull }
    @usableFromInline
    func value() throws(StorageError) -> SQLValue { try cell.value() }
    @usableFromInline
    func boolean() throws(StorageError) -> Bool { try cell.boolean() }
    @usableFromInline
    func integer() throws(StorageError) -> Int64 { try cell.integer() }
    @usableFromInline
    func real() throws(StorageError) -> Double { try cell.real() }
    @usableFromInline
    func text() throws(StorageError) -> String { try cell.text() }
    @usableFromInline
    func bytes() throws(StorageError) -> [UInt8] { try cell.bytes() }
    @usableFromInline
    func date() throws(StorageError) -> Date { try cell.date() }
    @usableFromInline
    func uuid() throws(StorageError) -> UUID { try cell.uuid() }
}
