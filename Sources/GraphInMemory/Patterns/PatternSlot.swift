/// A part of a pattern by its place: what a variable is inside the engine.
enum PatternSlot: Hashable, Sendable {
    case node(Int)
    case relationship(Int)
}
