extension Array {
    /// What is wrong with a list of cases, a sentence each.
    ///
    /// An identifier is used once, begins with its family and a point, and has no other characters
    /// than small letters, digits, hyphens and points; a clause is a sentence.
    ///
    /// - Parameter family: What identifiers begin with, for example `key-value`.
    public func flaws<Harness>(family: String) -> [String]
    where Element == ConformanceCase<Harness> {
        map(\.id).repeated().map { "the identifier \($0) is used twice" }
            + compactMap { $0.flaw(family: family) }
    }
}

extension ConformanceCase {
    fileprivate func flaw(family: String) -> String? {
        guard id.hasPrefix("\(family).") else { return "\(id) does not begin with \(family)" }
        guard id.utf8.allSatisfy(isInIdentifiers) else { return "\(id) is no identifier" }
        guard clause.hasSuffix(".") else { return "the clause of \(id) is no sentence" }
        return nil
    }
}

private func isInIdentifiers(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."):
        true
    default: false
    }
}

extension Sequence where Element: Hashable {
    /// The elements that have come before, in their order.
    func repeated() -> [Element] {
        var seen: Set<Element> = []
        return filter { !seen.insert($0).inserted }
    }
}
