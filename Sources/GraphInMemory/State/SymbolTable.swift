/// The names of one kind that a graph has ever used, each with its symbol; none is taken away.
struct SymbolTable<Name: Hashable & Sendable>: Sendable {
    private(set) var names: [Name] = []
    private var symbols: [Name: Symbol<Name>] = [:]

    /// The symbol of a name that was defined.
    func symbol(of name: Name) -> Symbol<Name>? { symbols[name] }

    /// The name of a symbol of this table.
    subscript(symbol: Symbol<Name>) -> Name { names[Int(symbol.rawValue)] }

    /// Gives a name the next symbol; one that has one keeps it.
    @discardableResult
    mutating func define(_ name: Name) -> Symbol<Name> {
        if let symbol = symbols[name] { return symbol }
        let symbol = Symbol<Name>(UInt32(names.count))
        names.append(name)
        symbols[name] = symbol
        return symbol
    }
}
