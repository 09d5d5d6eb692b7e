internal import Synchronization

/// What a part of a pattern is called: a node, a relationship or a path.
///
/// Every variable that is made is another one, whatever its name; the name is for people, who meet
/// it in plans.
public struct GraphVariable: Hashable, Sendable, CustomStringConvertible {
    private static let count = Atomic<UInt64>(0)

    private let number: UInt64
    /// What people call it.
    public let name: String?

    /// Makes a variable that is none of those that were made before.
    public init(_ name: String? = nil) {
        number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
        self.name = name
    }

    private init(number: UInt64, name: String) {
        self.number = number
        self.name = name
    }

    /// The node or relationship that a ``GraphElementCondition`` is about.
    static let element = GraphVariable(number: 0, name: "it")

    /// Its name, or its number.
    public var description: String { name ?? "v\(number)" }
}
