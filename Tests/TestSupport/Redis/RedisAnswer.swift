/// What a server answered to a raw command: the five kinds of RESP2, errors included.
package enum RedisAnswer: Equatable, Sendable {
    case status(String)
    case error(String)
    case integer(Int)
    /// `nil` is the null string.
    case string(String?)
    /// `nil` is the null array.
    case array([RedisAnswer]?)

    /// The text of a string or a status.
    package var text: String? {
        switch self {
        case .status(let text): text
        case .string(let text): text
        default: nil
        }
    }
}
