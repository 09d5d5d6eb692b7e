/// What a history's world does to itself.
enum HistoryFault: CaseIterable, Sendable {
    /// A connection of one process is lost, somewhere in a message.
    case cut
    /// Redis stands still for a while: connections stay, and nothing answers.
    case stop
    /// Redis dies, and comes back without data.
    case restart
    /// One process stands still for a while, with whatever it has read and not yet stored.
    case freeze
    /// One process dies in the middle of what it does, and another takes its place.
    case crash

    /// Those that leave Redis its data.
    static let withoutLoss: [HistoryFault] = [.cut, .stop, .freeze, .crash]
}
