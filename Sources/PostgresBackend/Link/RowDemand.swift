/// What becomes of a statement's rows.
enum RowDemand: Sendable {
    /// They are dropped as they come.
    case none
    /// The first is collected, the others are dropped.
    case first
    /// So many are collected; that there are more is noted, and they are dropped.
    case upTo(Int)
    /// They are handed on in blocks, and read no faster than they are taken.
    case stream

    var isStream: Bool { if case .stream = self { true } else { false } }
}
