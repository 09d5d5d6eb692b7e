/// The changes of an update by their paths: a document's are carried out together, in the order of
/// their paths.
///
/// Source: MongoDB's server, `UpdateObjectNode`, by its behaviour.
indirect enum DocumentUpdateNode {
    case leaf(DocumentChangeStep)
    case branch([Child])

    /// What is at a name.
    struct Child {
        let name: String
        var node: DocumentUpdateNode
    }

    /// Whether a path in it goes on to elements of an array, which then has to be there.
    var leadsToElements: Bool {
        guard case .branch(let children) = self else { return false }
        return children.contains { $0.name.isArrayWide || $0.node.leadsToElements }
    }

    /// The tree of an update's changes.
    ///
    /// - Parameter positional: The place that stands for `$`; `nil` leaves it as it is.
    /// - Throws: `invalidArgument` when paths touch each other.
    static func tree(
        of changes: [DocumentChange], positional: Int?
    ) throws(StorageError) -> DocumentUpdateNode {
        var root = DocumentUpdateNode.branch([])
        func insert(_ step: DocumentChangeStep, _ path: DocumentPath) throws(StorageError) {
            let names = path.components.map { name in
                positional.map { name == "$" ? String($0) : name } ?? name
            }
            try root.insert(step, names[...], path)
        }
        for change in changes {
            if case .rename(let old, let new) = change {
                try insert(.renameAway(old), old)
                try insert(.renameHere(old), new)
            } else {
                try insert(.change(change), change.path)
            }
        }
        return root
    }

    private mutating func insert(
        _ step: DocumentChangeStep, _ names: ArraySlice<String>, _ path: DocumentPath
    ) throws(StorageError) {
        let clash = StorageError.invalidDocumentArgument(
            "an update has \"\(path)\" and a path that it touches")
        guard case .branch(var children) = self, let name = names.first else { throw clash }
        let rest = names.dropFirst()
        if let place = children.firstIndex(where: { $0.name.hasSameBytes(as: name) }) {
            guard !rest.isEmpty else { throw clash }
            try children[place].node.insert(step, rest, path)
        } else {
            // All elements, and one by its place or name.
            guard children.allSatisfy({ $0.name.isArrayWide == name.isArrayWide }) else {
                throw clash
            }
            var node = DocumentUpdateNode.branch([])
            if rest.isEmpty { node = .leaf(step) } else { try node.insert(step, rest, path) }
            let place = children.firstIndex { Self.isBefore(name, $0.name) } ?? children.count
            children.insert(Child(name: name, node: node), at: place)
        }
        self = .branch(children)
    }

    /// Both trees in one, for an element that two names stand for.
    func merged(with other: DocumentUpdateNode) throws(StorageError) -> DocumentUpdateNode {
        guard case .branch(var children) = self, case .branch(let others) = other else {
            throw .invalidDocumentArgument("two paths of an update touch the same element")
        }
        for other in others {
            let name = other.name
            if let place = children.firstIndex(where: { $0.name.hasSameBytes(as: name) }) {
                children[place].node = try children[place].node.merged(with: other.node)
            } else {
                let place = children.firstIndex { Self.isBefore(name, $0.name) } ?? children.count
                children.insert(other, at: place)
            }
        }
        return .branch(children)
    }

    /// Numbers by what they are worth and before names; names by their bytes.
    private static func isBefore(_ left: String, _ right: String) -> Bool {
        switch (Int(left), Int(right)) {
        case (let first?, let second?) where first != second: first < second
        default: left.comparedByBytes(to: right) < 0
        }
    }

    /// The changes in it, in their order.
    var steps: [DocumentChangeStep] {
        switch self {
        case .leaf(let step): [step]
        case .branch(let children): children.flatMap(\.node.steps)
        }
    }
}

/// What happens at a path.
enum DocumentChangeStep {
    case change(DocumentChange)
    /// What is here goes to another path, if it is here.
    case renameAway(DocumentPath)
    /// What is at that path comes here, if it is there.
    case renameHere(DocumentPath)
}
