/// What a text is matched with: pieces that must be there as they are, and gaps for anything.
///
/// The pieces are no pattern language: a `%`, a `*` or a backslash in a piece stands for itself, so
/// a text from outside cannot match more than it says. Matching tells upper from lower case in
/// every database.
public struct SQLPattern: Hashable, Sendable {
    /// A part of a pattern.
    public enum Piece: Hashable, Sendable {
        /// This text, as it is.
        case text(String)
        /// Any characters, or none.
        case anything
    }

    /// The parts, in their order.
    public var pieces: [Piece]

    /// Creates a pattern.
    public init(_ pieces: [Piece]) { self.pieces = pieces }

    /// The pattern in a language of wildcards.
    ///
    /// - Parameters:
    ///   - wildcard: What stands for anything.
    ///   - escaped: A character as it is written to stand for itself, or `nil` when it does.
    public func written(
        anything wildcard: String, escaped: (Unicode.Scalar) -> String?
    ) -> String {
        var pattern = ""
        for piece in pieces {
            switch piece {
            case .anything: pattern += wildcard
            case .text(let text):
                for scalar in text.unicodeScalars {
                    if let escape = escaped(scalar) {
                        pattern += escape
                    } else {
                        pattern.unicodeScalars.append(scalar)
                    }
                }
            }
        }
        return pattern
    }
}
