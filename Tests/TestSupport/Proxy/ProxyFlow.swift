/// What is done with the bytes of one direction, on all connections.
struct ProxyFlow {
    enum Mode {
        case passing
        case holding
        case swallowing
    }

    /// What happens when that many more bytes have passed.
    struct Limit {
        enum Action {
            case hold
            case cut(TCPProxy.Ending)
        }

        var remaining: Int
        var action: Action
    }

    private(set) var mode = Mode.passing
    var bytes = ProxyCounts.Bytes()
    var limit: Limit?

    mutating func become(_ mode: Mode) {
        self.mode = mode
        limit = nil
    }

    /// How many of the waiting bytes may pass now.
    func allowance(_ waiting: Int) -> Int {
        guard mode == .passing else { return 0 }
        return min(waiting, limit?.remaining ?? waiting)
    }

    /// Counts what has passed.
    mutating func pass(_ count: Int) {
        bytes.passed += count
        limit?.remaining -= count
    }

    /// Acts on a limit that has been reached; returns how the connection is to be cut.
    ///
    /// - Parameter isWanted: Whether more bytes want to pass, which alone makes a limit of zero
    ///   felt that nobody has come to by passing bytes.
    mutating func actOnLimit(hasPassed count: Int, isWanted: Bool) -> TCPProxy.Ending? {
        guard let limit, limit.remaining == 0, count > 0 || isWanted else { return nil }
        switch limit.action {
        case .hold:
            become(.holding)
            return nil
        case .cut(let ending):
            self.limit = nil
            return ending
        }
    }
}
