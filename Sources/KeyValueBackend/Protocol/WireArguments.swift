import StorageKit

/// Arguments as C wants them: an array of pointers and one of lengths.
enum WireArguments {
    typealias Pointers = UnsafeMutableBufferPointer<UnsafePointer<CChar>?>
    typealias Lengths = UnsafeBufferPointer<Int>

    /// More than this many arguments are copied together first, fewer are pointed at in place.
    ///
    /// A pointer into an array is valid only inside a closure, so each argument in place costs a
    /// frame of the stack: good for a command with a large value, not for one with many keys.
    private static let maximumInPlace = 8

    /// Calls the body with pointers that are valid during the call.
    static func withPointers<Result>(
        to arguments: [ByteString], _ body: (Pointers, Lengths) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: arguments.count) { lengths in
            for (index, argument) in arguments.enumerated() {
                lengths.initializeElement(at: index, to: argument.count)
            }
            return withUnsafeTemporaryAllocation(
                of: UnsafePointer<CChar>?.self, capacity: arguments.count
            ) { pointers in
                pointers.initialize(repeating: nil)
                let lengths = UnsafeBufferPointer(lengths)
                if arguments.count <= maximumInPlace {
                    return inPlace(arguments[...], pointers, lengths, body)
                }
                return copied(arguments, pointers, lengths, body)
            }
        }
    }

    private static func inPlace<Result>(
        _ rest: ArraySlice<ByteString>, _ pointers: Pointers, _ lengths: Lengths,
        _ body: (Pointers, Lengths) -> Result
    ) -> Result {
        guard let argument = rest.first else { return body(pointers, lengths) }
        return argument.bytes.withUnsafeBytes { bytes in
            pointers[rest.startIndex] = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return inPlace(rest.dropFirst(), pointers, lengths, body)
        }
    }

    private static func copied<Result>(
        _ arguments: [ByteString], _ pointers: Pointers, _ lengths: Lengths,
        _ body: (Pointers, Lengths) -> Result
    ) -> Result {
        let total = lengths.reduce(0, +)
        return withUnsafeTemporaryAllocation(byteCount: total, alignment: 1) { buffer in
            var position = 0
            for (index, argument) in arguments.enumerated() {
                let place = UnsafeMutableRawBufferPointer(rebasing: buffer[position...])
                place.copyBytes(from: argument.bytes)
                pointers[index] = UnsafePointer(
                    place.baseAddress?.assumingMemoryBound(to: CChar.self))
                position += argument.count
            }
            return body(pointers, lengths)
        }
    }
}
