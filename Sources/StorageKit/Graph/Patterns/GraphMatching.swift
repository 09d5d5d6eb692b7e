/// What graphs can be read from by patterns: a store, a snapshot, or a transaction.
///
/// ## What must appear true
///
/// * **Every match, once.** What ``GraphPattern`` says, no more and no less.
/// * **One moment.** All matches of an iteration are of one moment of the graph: what is written or
///   deleted meanwhile, by the loop's body itself too, does not show.
/// * **As asked.** Nothing is looked for before the first match is asked for, and not much more
///   than what was asked for; an order needs all matches, and memory for as many as the limit lets
///   through.
public protocol GraphMatching: GraphReading {
    /// The matches of a pattern.
    ///
    /// One round trip for each batch.
    ///
    /// - Returns: A sequence that throws ``StorageError/Code/invalidArgument`` for a pattern that
    ///   means nothing.
    func matches(of pattern: GraphPattern) -> ResultSequence<GraphMatch>

    /// How many matches a pattern has, after distinct, skip and limit.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for a pattern that means nothing,
    ///   ``StorageError/Code/cancelled``.
    func count(of pattern: GraphPattern) async throws(StorageError) -> Int
}

extension GraphMatching {
    /// The matches of a pattern, of each what is selected, as a tuple; of one as itself.
    ///
    /// ```swift
    /// for try await (person, card) in store.matches(of: pattern, selecting: person, card) { … }
    /// ```
    ///
    /// One round trip for each batch. A match that cannot be decoded ends it with
    /// ``StorageError/Code/decodingFailed``.
    public func matches<each Item: GraphSelectable>(
        of pattern: GraphPattern, selecting items: repeat each Item
    ) -> ResultSequence<(repeat (each Item).Output)> {
        var selection: [GraphSelection] = []
        repeat selection.append((each items).selection)
        return matches(of: pattern.selecting(selection)).mapped { match throws(StorageError) in
            var place = -1
            func next() -> GraphMatchValue {
                place += 1
                return match.values[place]
            }
            return (repeat try (each items).output(from: next()))
        }
    }

    /// The first match of a pattern, or `nil` when it has none.
    ///
    /// One round trip.
    public func firstMatch(of pattern: GraphPattern) async throws(StorageError) -> GraphMatch? {
        var matches = matches(of: pattern.limit(min(pattern.limit ?? 1, 1))).makeAsyncIterator()
        return try await matches.next()
    }
}
