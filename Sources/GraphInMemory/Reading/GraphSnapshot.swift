public import StorageKit

/// One moment of a ``GraphInMemory``: a value that stays as it is, however long it is read.
///
/// ```swift
/// let snapshot = try graph.snapshot()
/// for neighbour in snapshot.view.neighbours(of: ada, .outgoing("KNOWS")) { … }
/// ```
///
/// It can outlive the body that it was given to, and the store. While it is held, so is the memory
/// of its moment.
public struct GraphSnapshot: GraphReading {
    private let moment: GraphMoment
    /// How much one call may carry.
    public let limits: GraphLimits

    init(_ moment: GraphMoment, _ limits: GraphLimits) {
        self.moment = moment
        self.limits = limits
    }

    var state: GraphState { moment.state }

    /// The same moment, to be read without waiting.
    public var view: GraphView { GraphView(moment) }
}
