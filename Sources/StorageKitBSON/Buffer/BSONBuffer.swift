internal import CLibBSON

/// A document of BSON in libbson's own memory: the owner of a `bson_t`.
///
/// libbson's manual, "Threading": "libbson is thread-safe… each `bson_t` must be used by one thread
/// at a time." A buffer is written by the one who makes it and only read from then on.
///
/// libbson keeps a document's bytes; what they say is written and read in Swift, by `BSONOutput`
/// and `BSONInput`. `bson_t` within `bson_t` and `bson_iter_t` have an alignment that Swift does
/// not import, so each would be an allocation and each field a call that cannot be inlined; and
/// `bson_iter_next` leaves parts of a field unchecked, so that they would have to be checked here
/// anyway. Nothing is copied between: the bytes that are written are those of the `bson_t`, and
/// those of a lent `bson_t` are read where they are.
package final class BSONBuffer: @unchecked Sendable {
    /// The `bson_t`, for functions of libbson and libmongoc.
    ///
    /// It lives as long as the buffer.
    package let pointer: OpaquePointer

    /// Creates an empty document.
    package init() { pointer = bson_new() }

    /// Copies a document of BSON.
    ///
    /// `nil` when its length is not that of the bytes, or it does not end with a zero. What is
    /// between is not looked at.
    package init?(copying bytes: some Collection<UInt8>) {
        let copy = Array(bytes)
        guard let pointer = bson_new_from_data(copy, copy.count) else { return nil }
        self.pointer = pointer
    }

    /// Takes what was written, its memory included.
    init(adopting output: BSONOutput) { pointer = output.release() }

    deinit { bson_destroy(pointer) }

    /// How many bytes it has.
    package var count: Int { withBytes(\.count) }

    /// A copy of the bytes.
    package var bytes: [UInt8] { withBytes(Array.init) }

    /// Lends the bytes.
    package func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        body(Self.bytes(of: pointer))
    }

    /// The bytes of a `bson_t`, which it keeps until it is changed or destroyed.
    static func bytes(of document: OpaquePointer) -> UnsafeRawBufferPointer {
        guard let start = UnsafeRawPointer(bson_get_data(document)) else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        // The first four bytes are the length; libbson makes no `bson_t` for which they are not.
        let length = UInt32(littleEndian: start.loadUnaligned(as: UInt32.self))
        return UnsafeRawBufferPointer(start: start, count: Int(length))
    }
}
