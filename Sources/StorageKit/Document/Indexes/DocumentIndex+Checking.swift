extension DocumentIndex {
    /// The most fields of an index.
    public static let maximumKeys = 32
    /// The name of the index of identifiers, which each collection has.
    package static let identifiersName = "_id_"

    /// Refuses an index that no store of the family makes: every store throws the same, and asks
    /// nobody.
    ///
    /// A partial filter has equality, comparisons, ``DocumentPredicate/oneOf(_:)``,
    /// ``DocumentPredicate/exists(_:)`` for what is there, ``DocumentPredicate/type(_:)``,
    /// ``DocumentPredicate/containsAll(_:)``, and these joined by `&&` and `||`, three deep at
    /// most.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for no or a repeated field, a name that is
    ///   none, the identifier alone, texts beside values or unique, a time to live that is not one
    ///   field's or not of whole seconds below 2³¹, and a partial filter with anything else;
    ///   ``StorageError/Code/limitExceeded`` for more than ``maximumKeys`` fields;
    ///   ``StorageError/Code/unsupported`` for what was read and this package does not make.
    public func check() throws(StorageError) {
        try checkName()
        try checkKeys()
        if let partialFilter {
            try partialFilter.check()
            try partialFilter.checkAsPartial(depth: 0)
        }
        if let expireAfter { try check(expireAfter: expireAfter) }
    }

    /// Refuses the name of the index that cannot be dropped.
    package static func checkIsDroppable(_ name: String) throws(StorageError) {
        guard name != identifiersName else {
            throw .invalidDocumentArgument("the index of the identifiers cannot be dropped")
        }
        // To a server, it is every index.
        guard name != "*" else {
            throw .invalidDocumentArgument("indexes are dropped one by one, by their names")
        }
    }

    /// Refuses indexes that cannot be wanted together.
    package static func check(_ indexes: [DocumentIndex]) throws(StorageError) {
        for (place, index) in indexes.enumerated() {
            try index.check()
            for other in indexes[..<place] where index.isInTheWay(of: other) || index == other {
                throw .invalidDocumentArgument(
                    "the indexes \"\(other.name)\" and \"\(index.name)\" cannot be there together: "
                        + "they have the same name, or the same fields; leave one out")
            }
        }
    }

    /// Whether one of both cannot be made where the other is: it has its name, or is the same index
    /// but for the name and when documents expire.
    package func isInTheWay(of other: DocumentIndex) -> Bool {
        guard self != other else { return false }
        if name.hasSameBytes(as: other.name) { return true }
        if isText, other.isText { return true }
        return keys == other.keys && isUnique == other.isUnique
            && partialFilter == other.partialFilter
            && Self.distinguishing(otherOptions) == Self.distinguishing(other.otherOptions)
    }

    /// What a server tells indexes of the same fields by.
    private static func distinguishing(_ options: Document) -> Document {
        Document(fields: options.fields.filter { ["collation", "sparse"].contains($0.name) })
    }

    private func checkName() throws(StorageError) {
        guard !name.isEmpty, name != "*", name != Self.identifiersName, !name.utf8.contains(0)
        else {
            throw .invalidDocumentArgument(
                "an index's name is empty, \"*\", \"\(Self.identifiersName)\" or has a NUL")
        }
    }

    private func checkKeys() throws(StorageError) {
        guard otherOptions.isEmpty, keys.allSatisfy({ !$0.isOther }) else {
            throw StorageError(
                code: .unsupported,
                message: "the index \"\(name)\" has what this package does not make; make it with "
                    + "the database's own tools")
        }
        guard !keys.isEmpty else {
            throw .invalidDocumentArgument("the index \"\(name)\" has no fields")
        }
        guard keys.count <= Self.maximumKeys else {
            throw StorageError(
                code: .limitExceeded,
                message: "the index \"\(name)\" has more than \(Self.maximumKeys) fields")
        }
        var paths: Set<DocumentPath> = []
        for key in keys {
            try key.path.checkForFields()
            guard paths.insert(key.path).inserted else {
                throw .invalidDocumentArgument("the index \"\(name)\" has \"\(key.path)\" twice")
            }
        }
        guard keys.count != 1 || keys[0].path != .id else {
            throw .invalidDocumentArgument("each collection has an index of the identifiers")
        }
        guard !isText || order.isEmpty && !isUnique else {
            throw .invalidDocumentArgument(
                "the index \"\(name)\" of texts has fields that are none, or is unique")
        }
    }

    private func check(expireAfter: Duration) throws(StorageError) {
        guard order.count == 1 else {
            throw .invalidDocumentArgument(
                "the index \"\(name)\" has a time to live and not one ordered field")
        }
        let (seconds, attoseconds) = expireAfter.components
        guard attoseconds == 0, (0..<(1 << 31)).contains(seconds) else {
            throw .invalidDocumentArgument(
                "a time to live is not of whole seconds, below 0 or of 2^31 and more")
        }
    }
}

extension DocumentIndexKey {
    fileprivate var isOther: Bool { if case .other = self { true } else { false } }
}
