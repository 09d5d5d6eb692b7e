import Foundation

/// One direction of one connection: bytes read from one socket, to be written to the other.
struct ProxyLane {
    /// How the sender ended its stream, as far as we know.
    private enum SourceEnd {
        case closed
        case reset
    }

    /// What is to become of the connection.
    enum Outcome: Equatable {
        case goesOn
        case reset
        case cut(TCPProxy.Ending)
    }

    /// Beyond it the sender has to wait, as it would without a relay.
    private static let capacity = 1 << 20

    let source: Descriptor
    let destination: Descriptor
    private var waiting: [UInt8] = []
    private var sourceEnd: SourceEnd?
    /// Nobody is there to read.
    ///
    /// The other lane, which reads from there, tells of it.
    private var isDestinationGone = false
    private var hasPassedEnd = false

    init(from source: Descriptor, to destination: Descriptor) {
        self.source = source
        self.destination = destination
    }

    /// Whether nothing more will ever pass.
    var isDone: Bool { hasPassedEnd || (isDestinationGone && sourceEnd != nil) }

    var wantsToRead: Bool { sourceEnd == nil && waiting.count < Self.capacity }

    func wantsToWrite(_ flow: ProxyFlow) -> Bool {
        !isDestinationGone && flow.allowance(waiting.count) > 0
    }

    /// Moves what can be moved without waiting.
    mutating func pump(_ flow: inout ProxyFlow, _ buffer: inout [UInt8]) -> Outcome {
        receive(&flow, &buffer)
        if flow.mode == .swallowing || isDestinationGone { waiting.removeAll() }
        let passed = deliver(&flow)
        if let ending = flow.actOnLimit(hasPassed: passed, isWanted: !waiting.isEmpty) {
            return .cut(ending)
        }
        return passEnd(flow)
    }

    private mutating func receive(_ flow: inout ProxyFlow, _ buffer: inout [UInt8]) {
        guard wantsToRead else { return }
        switch source.read(into: &buffer) {
        case .bytes(let count):
            flow.bytes.received += count
            waiting += buffer[..<count]
        case .nothing: break
        case .end: sourceEnd = .closed
        case .failure: sourceEnd = .reset
        }
    }

    private mutating func deliver(_ flow: inout ProxyFlow) -> Int {
        let allowance = flow.allowance(waiting.count)
        guard allowance > 0, !isDestinationGone else { return 0 }
        switch destination.write(waiting[..<allowance]) {
        case .bytes(let count):
            flow.pass(count)
            waiting.removeFirst(count)
            return count
        case .failure(ENOTCONN), .nothing: return 0
        case .end, .failure:
            isDestinationGone = true
            return 0
        }
    }

    private mutating func passEnd(_ flow: ProxyFlow) -> Outcome {
        guard let sourceEnd, flow.mode == .passing, waiting.isEmpty, !hasPassedEnd else {
            return .goesOn
        }
        guard sourceEnd == .closed else { return .reset }
        hasPassedEnd = true
        shutdown(destination.number, Int32(SHUT_WR))
        return .goesOn
    }
}
