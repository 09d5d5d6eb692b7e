extension String {
    /// Whether both have the same bytes.
    ///
    /// What Unicode takes for the same character need not have: for a database two such texts are
    /// two.
    package func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }

    /// Which comes first by its bytes: below 0 for this one, above 0 for the other, 0 for neither.
    func comparedByBytes(to other: String) -> Int {
        var (left, right) = (utf8.makeIterator(), other.utf8.makeIterator())
        while true {
            switch (left.next(), right.next()) {
            case (nil, nil): return 0
            case (nil, _): return -1
            case (_, nil): return 1
            case (let first?, let second?) where first != second: return first < second ? -1 : 1
            default: continue
            }
        }
    }
}

extension Document {
    /// Where the first field of a name is, by its bytes.
    func place(of name: String) -> Int? { fields.firstIndex { $0.name.hasSameBytes(as: name) } }
}
