internal import CLibBSON

/// A document of BSON in libbson's own memory: the owner of a `bson_t`.
///
/// libbson's manual, "Threading": "libbson is thread-safe… each `bson_t` must be used by one thread
/// at a time." A buffer is written by the one who makes it and only read from then on.
package final class BSONBuffer: @unchecked Sendable {
    /// The `bson_t`, for functions of libbson and libmongoc. It lives as long as the buffer.
    package let pointer: OpaquePointer

    /// Creates an empty document.
    package init() { pointer = bson_new() }

    /// Copies a document of BSON; `nil` when its length is not that of the bytes, or it does not
    /// end with a zero. What is between is not looked at.
    package init?(copying bytes: some Collection<UInt8>) {
        let copy = Array(bytes)
        guard let pointer = bson_new_from_data(copy, copy.count) else { return nil }
        self.pointer = pointer
    }

    deinit { bson_destroy(pointer) }

    /// How many bytes it has.
    package var count: Int { withBytes(\.count) }

    /// A copy of the bytes.
    package var bytes: [UInt8] { withBytes(Array.init) }

    /// Lends the bytes.
    package func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        let length = Int(bson_get_data_length(pointer))
        return body(UnsafeRawBufferPointer(start: bson_get_data(pointer), count: length))
    }
}

private func bson_get_data_length(_ document: OpaquePointer) -> UInt32 {
    // The first four bytes are the length, in the order of little-endian machines.
    let start = UnsafeRawPointer(bson_get_data(document))
    return start.map { UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)) } ?? 0
}
