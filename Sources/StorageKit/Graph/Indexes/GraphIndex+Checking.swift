extension GraphIndex {
    /// Whether one of both cannot be made where the other is: they are by the same, and only one is
    /// unique.
    package func isInTheWay(of other: GraphIndex) -> Bool {
        self != other && label == other.label && key == other.key && kind == other.kind
    }

    /// Refuses indexes that cannot be wanted together.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument``.
    package static func check(_ indexes: [GraphIndex]) throws(StorageError) {
        for (place, index) in indexes.enumerated() {
            for other in indexes[..<place] where index == other || index.isInTheWay(of: other) {
                throw StorageError(
                    code: .invalidArgument,
                    message:
                        "two indexes are by the same, the \(other) and the \(index); leave one "
                        + "out")
            }
        }
    }
}
