/// The names of one kind that a graph has ever used, each with its symbol; none is taken away.
struct SymbolTable<Name: Hashable & Sendable>: Sendable {
    private(set) var names: [Name] = []
    private var symbolOfName: [Name: Symbol<Name>] = [:]

    /// All symbols, in the order in which they were defined.
    var symbols: [Symbol<Name>] { names.indices.map { Symbol(UInt32($0)) } }

    /// The symbol of a name that was defined.
    func symbol(of name: Name) -> Symbol<Name>? { symbolOfName[name] }

    /// The name of a symbol of this table.
    subscript(symbol: Symbol<Name>) -> Name { names[Int(symbol.rawValue)] }

    /// Gives a name the next symbol; one that has one keeps it.
    @discardableResult
    mutating func define(_ name: Name) -> Symbol<Name> {
        if let symbol = symbolOfName[name] { return symbol }
        let symbol = Symbol<Name>(UInt32(names.count))
        names.append(name)
        symbolOfName[name] = symbol
        return symbol
    }
}
