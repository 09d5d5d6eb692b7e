/// FNV-1a of 64 bits (Fowler, Noll and Vo; draft-eastlake-fnv): the same for the same bytes in
/// every program and every version of it, unlike `Hasher`; no help against who means it.
struct FNVHash: Hashable, Sendable {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    /// Adds a text with a zero byte behind it, so that it is known where it ends.
    mutating func add(text: String) {
        add(text.utf8)
        add(CollectionOfOne(0))
    }
}
