internal import StorageKit

/// The properties of all nodes, or of all relationships: a column for each key that is in use.
struct PropertyColumns: Sendable {
    /// By the key's symbol.
    private(set) var columns: [PropertyColumn?] = []

    func column(_ key: KeySymbol) -> PropertyColumn? {
        let place = Int(key.rawValue)
        return place < columns.count ? columns[place] : nil
    }

    subscript(key: KeySymbol, place: Int) -> GraphValue? {
        let slot = Int(key.rawValue)
        guard slot < columns.count else { return nil }
        return columns[slot]?[place]
    }

    /// All properties of a place.
    ///
    /// O(keys in use).
    func properties(of place: Int) -> [(key: KeySymbol, value: GraphValue)] {
        var found: [(key: KeySymbol, value: GraphValue)] = []
        for slot in columns.indices {
            guard let value = columns[slot]?[place] else { continue }
            found.append((KeySymbol(UInt32(slot)), value))
        }
        return found
    }

    mutating func set(_ key: KeySymbol, _ place: Int, _ value: GraphValue?) {
        let slot = Int(key.rawValue)
        guard let value else { return remove(slot, place) }
        makeRoom(for: slot)
        if columns[slot] == nil { columns[slot] = PropertyColumn(for: value) }
        columns[slot]?.set(place, value)
    }

    /// Takes all properties of a place away.
    ///
    /// O(keys in use).
    mutating func removeAll(of place: Int) {
        for slot in columns.indices { remove(slot, place) }
    }

    private mutating func remove(_ slot: Int, _ place: Int) {
        guard slot < columns.count else { return }
        columns[slot]?.remove(place)
        if columns[slot]?.count == 0 { columns[slot] = nil }
    }

    private mutating func makeRoom(for slot: Int) {
        while columns.count <= slot { columns.append(nil) }
    }

    /// Sets places that follow each other; fast where they have no value of the key yet.
    mutating func load(_ key: KeySymbol, from first: Int, _ values: PropertyValues) {
        guard values.count > 0 else { return }
        let slot = Int(key.rawValue)
        makeRoom(for: slot)
        if columns[slot] == nil, let column = PropertyColumn(values, at: first) {
            columns[slot] = column
        } else if columns[slot]?.takes(values, at: first) ?? false {
            columns[slot]?.append(values, at: first)
        } else {
            for place in 0..<values.count {
                if let value = values[place] { set(key, first + place, value) }
            }
        }
    }

    var byteCount: Int {
        columns.reduce(columns.count * 48) { $0 + ($1?.byteCount ?? 0) }
    }
}
