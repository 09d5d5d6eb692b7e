/// Paths by their names, none of them inside another.
struct DocumentPathTree {
    /// What is at a name.
    enum Child {
        /// A path ends there.
        case end
        /// Paths go on there.
        case tree(DocumentPathTree)
    }

    private var children: [(name: String, child: Child)] = []

    /// What is at a name; `nil` when no path goes there.
    subscript(name: String) -> Child? {
        children.first { $0.name.hasSameBytes(as: name) }?.child
    }

    /// Puts a path in, unless it is in, or one that it is inside of, or one inside it.
    mutating func insert(_ names: some Collection<String>) -> Bool {
        guard let name = names.first else { return false }
        let rest = names.dropFirst()
        guard let place = children.firstIndex(where: { $0.name.hasSameBytes(as: name) }) else {
            var tree = DocumentPathTree()
            let isIn = rest.isEmpty || tree.insert(rest)
            children.append((name, rest.isEmpty ? .end : .tree(tree)))
            return isIn
        }
        guard case .tree(var tree) = children[place].child, !rest.isEmpty else { return false }
        let isIn = tree.insert(rest)
        children[place].child = .tree(tree)
        return isIn
    }
}
