internal import StorageKit

/// Documents that are met in the order of an index, each once, by the first of its keys.
///
/// Those whose keys are equal in the fields of the order are held back until all are met: an index
/// that is walked backwards has them the wrong way round.
struct InMemoryOrderedWalk {
    /// Which fields of a key the order is of.
    let fields: Range<Int>
    private(set) var found: [Document] = []
    private var seen: Set<Int> = []
    private var waiting: [Int] = []
    private var key: [DocumentValue]?

    init(fields: Range<Int>) { self.fields = fields }

    /// Meets an entry of the index.
    ///
    /// - Parameter document: Gives the document of a slot, if it is wanted.
    mutating func meet(_ entry: InMemoryIndex.Entry, _ document: (Int) -> Document?) {
        guard seen.insert(entry.slot).inserted else { return }
        if let key, fields.contains(where: { !key[$0].isEqual(to: entry.key[$0]) }) {
            finish(document)
        }
        key = entry.key
        waiting.append(entry.slot)
    }

    /// Ends a row of equal keys.
    mutating func finish(_ document: (Int) -> Document?) {
        found += waiting.sorted().compactMap(document)
        waiting = []
    }
}
