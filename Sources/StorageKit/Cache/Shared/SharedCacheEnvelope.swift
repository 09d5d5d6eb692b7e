/// The payload of an entry: a header that says how to read the rest, and the codec's bytes.
///
/// ```
///   0  1  format: 1
///   1  1  0 a value, 1 known to be absent
///   2  1  compression: 0 for none, otherwise its identifier
///   3  4  schema version, most significant byte first
///   7     the codec's bytes, compressed perhaps
/// ```
///
/// Reading is total: what has another format, schema or compression, or is damaged, is nothing.
@usableFromInline
struct SharedCacheEnvelope<Codec: ValueCodec>: Sendable {
    @usableFromInline
    let codec: Codec
    @usableFromInline
    let options: SharedCacheOptions

    init(codec: Codec, options: SharedCacheOptions) {
        self.codec = codec
        self.options = options
    }

    /// The payload of a value; `nil` when it cannot be stored.
    func seal(_ value: Codec.Value?) -> ByteString? {
        guard let value else { return options.payload(isAbsent: true, ByteString()) }
        guard let plain = try? codec.encode(value) else { return nil }
        let payload = options.payload(of: plain)
        return payload.count <= options.maximumPayloadBytes ? payload : nil
    }

    /// What a payload says: a value, or that there is none; `nil` for a payload that says nothing
    /// to us.
    @inlinable
    func open(_ payload: ByteString) -> Codec.Value?? {
        guard let plain = options.plain(in: payload) else { return nil }
        guard let plain else { return .some(nil) }
        guard let value = try? codec.decode(plain) else { return nil }
        return .some(value)
    }
}

// Bytes alone, for any codec: what is compiled once, and not for each type that is cached.
extension SharedCacheOptions {
    private static var format: UInt8 { 1 }
    private static var headerBytes: Int { 7 }

    /// The codec's bytes in a payload, or `.some(nil)` for one that says that there is no value;
    /// `nil` for a payload that says nothing to us.
    @usableFromInline
    func plain(in payload: ByteString) -> ByteString?? {
        let bytes = payload.bytes
        guard bytes.count >= Self.headerBytes, bytes[0] == Self.format, bytes[1] <= 1,
            bytes[3..<7].reduce(0, { $0 << 8 | UInt32($1) }) == schemaVersion
        else { return nil }
        let body = ByteString(bytes: bytes[Self.headerBytes...])
        if bytes[1] == 1 { return body.isEmpty && bytes[2] == 0 ? .some(nil) : nil }
        return decompressed(body, bytes[2]).map { .some($0) }
    }

    /// The payload of a codec's bytes, compressed where that is worth while.
    fileprivate func payload(of plain: ByteString) -> ByteString {
        let (compression, body) = compressed(plain)
        return payload(isAbsent: false, compression: compression, body)
    }

    fileprivate func payload(
        isAbsent: Bool, compression: UInt8 = 0, _ body: ByteString
    ) -> ByteString {
        var bytes = [Self.format, isAbsent ? 1 : 0, compression]
        bytes.reserveCapacity(Self.headerBytes + body.count)
        for shift in [24, 16, 8, 0] {
            bytes.append(UInt8(truncatingIfNeeded: schemaVersion >> UInt32(shift)))
        }
        bytes += body.bytes
        return ByteString(bytes)
    }

    /// Compressed where it is worth while, under the compression's identifier.
    private func compressed(_ plain: ByteString) -> (UInt8, ByteString) {
        guard let compression, compressionThreshold <= plain.count,
            plain.count <= maximumDecompressedBytes,
            let small = try? compression.compress(plain), small.count < plain.count
        else { return (0, plain) }
        return (compression.identifier, small)
    }

    private func decompressed(_ body: ByteString, _ identifier: UInt8) -> ByteString? {
        if identifier == 0 { return body }
        guard let compression, compression.identifier == identifier else { return nil }
        return try? compression.decompress(body, limit: maximumDecompressedBytes)
    }
}
