/// A row of a query's result: values in named columns.
public struct GraphRow: Hashable, Sendable {
    /// The names of the columns, in their order.
    public let columns: [String]
    /// The values, one for each column.
    public let values: [GraphQueryValue]

    /// A row.
    ///
    /// - Precondition: There are as many values as columns.
    public init(columns: [String], values: [GraphQueryValue]) {
        precondition(columns.count == values.count, "a value for each column")
        self.columns = columns
        self.values = values
    }

    /// The value of a column, of two the first one's; `nil` when there is none of this name.
    public subscript(column: String) -> GraphQueryValue? {
        columns.firstIndex(of: column).map { values[$0] }
    }
}

extension GraphRow {
    /// The values in their order, each as a type; of one column, as itself.
    ///
    /// A node, a relationship or a map is read as an entity, what may be null as an optional.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` where there are more or fewer columns than
    ///   types, or a value is of another type. The message has the column's name.
    public func decode<each Value: Decodable>(
        as types: repeat (each Value).Type
    ) throws(StorageError) -> (repeat each Value) {
        var count = 0
        for _ in repeat each types { count += 1 }
        guard count == columns.count else {
            throw StorageError(
                code: .decodingFailed,
                message: "a row has \(columns.count) columns, and \(count) are to be read")
        }
        var place = -1
        func next<Type: Decodable>(_ type: Type.Type) throws(StorageError) -> Type {
            place += 1
            return try value(at: place, as: type)
        }
        return (repeat try next(each types))
    }

    /// The row as an entity whose fields are its columns.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` where a column is missing or of another type.
    public func decode<Entity: Decodable>(
        columnsAs type: Entity.Type
    ) throws(StorageError) -> Entity {
        let fields = Dictionary(zip(columns, values)) { first, _ in first }
        return try GraphDecoder().decode(type, from: .map(fields))
    }

    private func value<Value: Decodable>(
        at place: Int, as type: Value.Type
    ) throws(StorageError) -> Value {
        do throws(StorageError) {
            return try GraphDecoder().decode(type, from: values[place])
        } catch {
            throw error.changed { $0.message = "column \(columns[place]): \($0.message)" }
        }
    }
}
