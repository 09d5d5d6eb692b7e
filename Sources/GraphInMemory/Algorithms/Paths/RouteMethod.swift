/// How the shortest way between two nodes is searched; what is found is equally short.
public enum RouteMethod: Hashable, Sendable, CaseIterable {
    /// From both ends at once until they have met: looks at far fewer nodes in most graphs.
    ///
    /// I. Pohl, *Bi-directional Search*, Machine Intelligence 6, 1971.
    case bidirectional
    /// From the start alone.
    case dijkstra
}
