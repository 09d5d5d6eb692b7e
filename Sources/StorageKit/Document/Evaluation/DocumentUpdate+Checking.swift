extension DocumentUpdate {
    /// Refuses an update that can never be right: every store throws the same, and asks nobody.
    ///
    /// - Throws: `invalidArgument` for no change, paths that are none or touch each other, array
    ///   filters that are missing, unused or about several names, numbers that are none.
    package func check() throws(StorageError) {
        guard !changes.isEmpty else { throw .invalidDocumentArgument("an update has no change") }
        for change in changes { try change.check() }
        // Paths that touch each other do so in the tree, which nobody needs here.
        _ = try DocumentUpdateNode.tree(of: changes, positional: nil)
        try checkArrayFilters()
    }

    private func checkArrayFilters() throws(StorageError) {
        var names: Set<String> = []
        for filter in arrayFilters {
            try filter.check()
            guard let name = filter.arrayFilterName else {
                throw .invalidDocumentArgument(
                    "an array filter's paths begin with several names, or with none")
            }
            guard names.insert(name).inserted else {
                throw .invalidDocumentArgument("two array filters are for \"\(name)\"")
            }
        }
        let used = Set(changes.flatMap(\.path.components).compactMap(\.arrayFilterName))
        if let name = used.subtracting(names).min() {
            throw .invalidDocumentArgument("no array filter is for \"$[\(name)]\"")
        }
        if let name = names.subtracting(used).min() {
            throw .invalidDocumentArgument("no path has \"$[\(name)]\", for which a filter is")
        }
    }
}

extension DocumentFilter {
    /// The one name that all its paths begin with.
    var arrayFilterName: String? {
        var names: [String] = []
        collectFirstNames(&names)
        guard let name = names.first, names.allSatisfy({ $0 == name }), name.isArrayFilterName
        else { return nil }
        return name
    }

    private func collectFirstNames(_ names: inout [String]) {
        switch self {
        case .field(let path, _): names.append(path.components[0])
        case .every(let filters), .either(let filters), .neither(let filters):
            for filter in filters { filter.collectFirstNames(&names) }
        }
    }
}

extension String {
    /// What stands between `$[` and `]`, if something does.
    var arrayFilterName: String? {
        guard hasPrefix("$["), hasSuffix("]"), self != "$[]" else { return nil }
        return String(dropFirst(2).dropLast())
    }

    /// Small letters, capitals and digits, the first one a small letter.
    fileprivate var isArrayFilterName: Bool {
        guard let first = utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
        else { return false }
        return utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
    }
}

extension DocumentChange {
    /// The path that is changed; of a renaming the new one.
    package var path: DocumentPath {
        switch self {
        case .set(let path, _), .setOnInsert(let path, _), .unset(let path),
            .increment(let path, _),
            .multiply(let path, _), .lower(let path, _), .raise(let path, _), .rename(_, let path),
            .push(let path, _), .addToSet(let path, _), .pull(let path, _), .pop(let path, _),
            .currentDate(let path), .currentTimestamp(let path):
            path
        }
    }

    fileprivate func check() throws(StorageError) {
        try path.checkForUpdate()
        switch self {
        case .increment(_, let value), .multiply(_, let value):
            guard DocumentOperand(value) != nil else {
                throw .invalidDocumentArgument(
                    "what \(path) is counted up or multiplied by is no number")
            }
        case .rename(let old, let new):
            try old.checkForUpdate()
            guard !(old.components + new.components).contains(where: { $0.isPositional }) else {
                throw .invalidDocumentArgument("a renaming has a path with $")
            }
        case .push(_, let push): try push.check()
        case .pull(_, .matching(let predicate)): try predicate.check()
        case .pull(_, .elements(let filter)): try filter.check()
        case .set, .setOnInsert, .unset, .lower, .raise, .addToSet, .pull, .pop, .currentDate,
            .currentTimestamp:
            break
        }
    }
}

extension DocumentPush {
    fileprivate func check() throws(StorageError) {
        guard case .byFields(let orders) = sorting else { return }
        guard !orders.isEmpty else { throw .invalidDocumentArgument("a push sorts by no field") }
        for order in orders { try order.path.checkForFields() }
    }
}

extension DocumentPath {
    fileprivate func checkForUpdate() throws(StorageError) {
        try check()
        let names = components
        guard names[0].first != "$" else {
            throw .invalidDocumentArgument("the path \"\(text)\" begins with $")
        }
        for name in names where name.hasPrefix("$") {
            guard name.isPositional || Self.isReference(name) else {
                throw .invalidDocumentArgument("the path \"\(text)\" has a name that begins with $")
            }
        }
        guard names.count(where: { $0 == "$" }) < 2 else {
            throw .invalidDocumentArgument("the path \"\(text)\" has $ twice")
        }
    }
}

extension String {
    /// `$`, `$[]` or `$[name]`.
    var isPositional: Bool { self == "$" || isArrayWide }

    /// `$[]` or `$[name]`.
    var isArrayWide: Bool { hasPrefix("$[") && hasSuffix("]") }
}
