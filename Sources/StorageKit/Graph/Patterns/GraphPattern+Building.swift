extension GraphPattern {
    /// A pattern of one node.
    public static func match<Node>(
        _ node: GraphNodeVariable<Node>, where condition: GraphElementCondition? = nil
    ) -> GraphPattern {
        GraphPattern().match(node, where: condition)
    }

    /// The pattern and another node, or more about one that it has; the next expansion begins
    /// there.
    public func match<Node>(
        _ node: GraphNodeVariable<Node>, where condition: GraphElementCondition? = nil
    ) -> GraphPattern {
        var pattern = self
        pattern.add(node, condition)
        pattern.position = Position(start: node.variable, end: node.variable)
        return pattern
    }

    /// The pattern; the next expansion begins at a node that it has.
    public func from<Node>(_ node: GraphNodeVariable<Node>) -> GraphPattern { match(node) }

    /// The pattern and a relationship of a type, from where it ended to a node.
    ///
    /// A node that the pattern has already closes a circle.
    ///
    /// - Parameters:
    ///   - direction: Which way the relationship points, seen from where the pattern ended.
    ///   - type: What the relationship is.
    ///   - hops: How many of them, one behind the other.
    ///   - relationshipCondition: What is true of the relationship, or of each.
    ///   - node: Where it leads.
    ///   - nodeCondition: What is true of that node.
    public func expand<Relationship: GraphRelationshipEntity, Node>(
        _ direction: GraphDirection, _ type: Relationship.Type,
        hops: some GraphHopRange = GraphSingleHop(),
        where relationshipCondition: GraphElementCondition? = nil, to node: GraphNodeVariable<Node>,
        where nodeCondition: GraphElementCondition? = nil
    ) -> GraphPattern {
        expand(
            GraphExpansion(direction, types: [Relationship.type]), hops: hops,
            where: relationshipCondition, to: node, where: nodeCondition)
    }

    /// The pattern and a relationship with a name, from where it ended to a node.
    ///
    /// A name is given to one relationship of a pattern only.
    ///
    /// - Parameters:
    ///   - direction: Which way the relationship points, seen from where the pattern ended.
    ///   - relationship: What it is called.
    ///   - hops: How many of them, one behind the other.
    ///   - relationshipCondition: What is true of the relationship, or of each.
    ///   - node: Where it leads.
    ///   - nodeCondition: What is true of that node.
    public func expand<Relationship, Node>(
        _ direction: GraphDirection, _ relationship: GraphRelationshipVariable<Relationship>,
        hops: some GraphHopRange = GraphSingleHop(),
        where relationshipCondition: GraphElementCondition? = nil,
        to node: GraphNodeVariable<Node>, where nodeCondition: GraphElementCondition? = nil
    ) -> GraphPattern {
        adding(
            relationship.variable, GraphExpansion(direction, types: relationship.types), hops.hops,
            relationshipCondition, node, nodeCondition)
    }

    /// The pattern and a relationship along an expansion, from where it ended to a node.
    ///
    /// - Parameters:
    ///   - expansion: Which way the relationship points, and of which types it is.
    ///   - hops: How many of them, one behind the other.
    ///   - relationshipCondition: What is true of the relationship, or of each.
    ///   - node: Where it leads.
    ///   - nodeCondition: What is true of that node.
    public func expand<Node>(
        _ expansion: GraphExpansion, hops: some GraphHopRange = GraphSingleHop(),
        where relationshipCondition: GraphElementCondition? = nil, to node: GraphNodeVariable<Node>,
        where nodeCondition: GraphElementCondition? = nil
    ) -> GraphPattern {
        adding(nil, expansion, hops.hops, relationshipCondition, node, nodeCondition)
    }

    /// The pattern, and a name for the path since the last ``match(_:where:)`` or ``from(_:)``.
    public func path(_ path: GraphPathVariable) -> GraphPattern {
        var pattern = self
        guard let position else { return self }
        pattern.paths.append(
            GraphPathPattern(path.variable, from: position.start, along: position.relationships))
        return pattern
    }

    /// The pattern, where all of this is true as well.
    public func filter(_ conditions: GraphCondition...) -> GraphPattern {
        var pattern = self
        pattern.add(conditions)
        return pattern
    }
}

extension GraphPattern {
    func adding<Node>(
        _ variable: GraphVariable?, _ expansion: GraphExpansion, _ hops: GraphHops?,
        _ relationshipCondition: GraphElementCondition?, _ node: GraphNodeVariable<Node>,
        _ nodeCondition: GraphElementCondition?
    ) -> GraphPattern {
        var pattern = self
        // Without a beginning the check of the pattern refuses it: the variable is in no node.
        var position = position ?? Position(start: GraphVariable(), end: GraphVariable())
        pattern.add(node, nodeCondition)
        pattern.relationships.append(
            GraphRelationshipPattern(
                variable, from: position.end, expansion, to: node.variable, hops: hops,
                where: relationshipCondition))
        position.end = node.variable
        position.relationships.append(pattern.relationships.count - 1)
        pattern.position = position
        return pattern
    }

    private mutating func add<Node>(
        _ node: GraphNodeVariable<Node>, _ condition: GraphElementCondition?
    ) {
        if let place = nodes.firstIndex(where: { $0.variable == node.variable }) {
            nodes[place].labels.formUnion(node.labels)
        } else {
            nodes.append(GraphNodePattern(node.variable, labels: node.labels))
        }
        if let condition { add([condition.condition(on: node.variable)]) }
    }

    private mutating func add(_ conditions: [GraphCondition]) {
        let all = condition.conjuncts + conditions.flatMap(\.conjuncts)
        condition = all.count == 1 ? all[0] : .every(all)
    }
}
