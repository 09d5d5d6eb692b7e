/// By what matches are ordered, and in which direction.
///
/// Values of different kinds come in the order of ``GraphValue/sorted(before:)``, absent ones last,
/// in a descending order first. Matches that are alike come in no promised order.
///
/// Source: openCypher 9, "Orderability and equivalence".
public struct GraphOrder: Hashable, Sendable {
    /// What is compared.
    public var operand: GraphOperand
    /// In which direction.
    public var direction: SortOrder

    /// Creates an order.
    public init(_ operand: GraphOperand, _ direction: SortOrder = .ascending) {
        self.operand = operand
        self.direction = direction
    }
}
