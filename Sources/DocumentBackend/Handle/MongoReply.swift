internal import CLibBSON

/// A `bson_t` that a function of libmongoc fills in.
///
/// libmongoc wants memory for one ("An uninitialized bson_t"), which it sets up by itself, so it is
/// not one of `bson_new`, whose own memory `bson_destroy` would then not give back.
struct MongoReply: ~Copyable {
    /// What libmongoc writes to.
    let pointer: OpaquePointer
    private let memory: UnsafeMutableRawPointer

    init() {
        // The size and the alignment of a `bson_t` are a promise of libbson's (bson-types.h).
        memory = .allocate(byteCount: 128, alignment: 128)
        pointer = OpaquePointer(memory)
        bson_init(pointer)
    }

    deinit {
        bson_destroy(pointer)
        memory.deallocate()
    }
}
