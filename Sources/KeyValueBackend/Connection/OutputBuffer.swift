/// Bytes on their way to the system: small commands together, a large one by itself.
///
/// Collecting commands in one buffer is what makes one `send` of many. A command with a large value
/// is not copied for that; it is sent from where it lies, after the bytes before it.
struct OutputBuffer {
    /// A command from this size on is not copied.
    private static let largeBytes = 32 << 10
    /// The buffer is full, for now, from this size on.
    private static let fullBytes = 64 << 10

    private var bytes: [UInt8] = []
    private var position = 0
    /// What comes after the bytes.
    private var large: WireCommand?
    private var largePosition = 0

    var isEmpty: Bool { bytes.isEmpty && large == nil }

    /// Whether to send before more is appended.
    var isFull: Bool { large != nil || bytes.count >= Self.fullBytes }

    /// Appends a command; not to a full buffer.
    mutating func append(_ command: WireCommand) {
        if command.byteCount < Self.largeBytes {
            command.withBytes { bytes.append(contentsOf: $0) }
        } else {
            (large, largePosition) = (command, 0)
        }
    }

    /// Calls the body with the bytes that are next.
    func withNext<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if bytes.isEmpty, let large {
            return try large.withBytes { all throws(Failure) in
                try body(UnsafeRawBufferPointer(rebasing: all[largePosition...]))
            }
        }
        return try bytes.withUnsafeBufferPointer { all throws(Failure) in
            try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: all[position...])))
        }
    }

    /// Forgets bytes that were sent.
    mutating func consume(_ count: Int) {
        if bytes.isEmpty, let large {
            largePosition += count
            if largePosition == large.byteCount { self.large = nil }
            return
        }
        position += count
        if position == bytes.count { clearBytes() }
    }

    mutating func removeAll() {
        clearBytes()
        large = nil
    }

    private mutating func clearBytes() {
        bytes.removeAll(keepingCapacity: true)
        position = 0
    }
}
