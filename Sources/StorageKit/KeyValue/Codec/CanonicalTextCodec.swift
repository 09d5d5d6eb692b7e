#if canImport(Darwin)
internal import Foundation
#else
// What Foundation's own essentials do: the standard library has the normal forms, and no other
// library without all of ICU has them.
@_spi(_Unicode) internal import Swift
#endif

/// Texts as keys: equal texts have equal bytes.
///
/// Two texts are equal in Swift when they are canonically equivalent: "é" may be one scalar or two.
/// Their UTF-8 differs, so a store would keep them under two keys. Here every text is written in
/// its composed form (NFC), and read as it is.
///
/// ``SharedCache`` writes keys that are texts like this by itself. For a key that *contains* a
/// text, write the text in it by this codec.
///
/// Linear in the length of the text. A text without scalars from U+0300 on, so all ASCII, is
/// composed already: it costs a look at each byte.
public struct CanonicalTextCodec<Base: ValueCodec<String>>: ValueCodec {
    /// How the composed text is written.
    public let base: Base

    /// Creates the codec.
    ///
    /// - Parameter base: How the composed text is written; UTF-8 where nothing is said.
    public init(_ base: Base = StringCodec()) { self.base = base }

    /// The bytes of the composed text.
    ///
    /// - Throws: What the base throws.
    public func encode(_ value: String) throws(StorageError) -> ByteString {
        try base.encode(value.composed)
    }

    /// The text of bytes, as it is.
    ///
    /// - Throws: What the base throws.
    public func decode(_ bytes: ByteString) throws(StorageError) -> String {
        try base.decode(bytes)
    }
}

extension String {
    /// The equal text in the normal form C.
    fileprivate var composed: String {
        // Below 0xCC all bytes are of scalars below U+0300, which combine with nothing.
        if utf8.allSatisfy({ $0 < 0xCC }) { return self }
        #if canImport(Darwin)
        return precomposedStringWithCanonicalMapping
        #else
        var composed = String.UnicodeScalarView()
        composed.append(contentsOf: _nfc)
        return String(composed)
        #endif
    }
}
