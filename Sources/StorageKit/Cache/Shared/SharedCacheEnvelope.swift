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
struct SharedCacheEnvelope<Codec: ValueCodec>: Sendable {
    let codec: Codec
    let options: SharedCacheOptions

    private static var format: UInt8 { 1 }
    private static var headerBytes: Int { 7 }

    /// The payload of a value; `nil` when it cannot be stored.
    func seal(_ value: Codec.Value?) -> ByteString? {
        guard let value else { return payload(isAbsent: true, compression: 0, ByteString()) }
        guard let plain = try? codec.encode(value) else { return nil }
        let (compression, body) = compressed(plain)
        let payload = payload(isAbsent: false, compression: compression, body)
        return payload.count <= options.maximumPayloadBytes ? payload : nil
    }

    /// What a payload says: a value, or that there is none; `nil` for a payload that says nothing
    /// to us.
    func open(_ payload: ByteString) -> Codec.Value?? {
        let bytes = payload.bytes
        guard bytes.count >= Self.headerBytes, bytes[0] == Self.format, bytes[1] <= 1,
            bytes[3..<7].reduce(0, { $0 << 8 | UInt32($1) }) == options.schemaVersion
        else { return nil }
        let body = ByteString(bytes: bytes[Self.headerBytes...])
        if bytes[1] == 1 {
            return body.isEmpty && bytes[2] == 0 ? .some(nil) : nil
        }
        guard let plain = decompressed(body, bytes[2]), let value = try? codec.decode(plain) else {
            return nil
        }
        return .some(value)
    }

    private func payload(
        isAbsent: Bool, compression: UInt8, _ body: ByteString
    ) -> ByteString {
        var bytes = [Self.format, isAbsent ? 1 : 0, compression]
        bytes.reserveCapacity(Self.headerBytes + body.count)
        for shift in [24, 16, 8, 0] {
            bytes.append(UInt8(truncatingIfNeeded: options.schemaVersion >> UInt32(shift)))
        }
        bytes += body.bytes
        return ByteString(bytes)
    }

    /// Compressed where it is worth while, under the compression's identifier.
    private func compressed(_ plain: ByteString) -> (UInt8, ByteString) {
        guard let compression = options.compression,
            options.compressionThreshold <= plain.count,
            plain.count <= options.maximumDecompressedBytes,
            let small = try? compression.compress(plain), small.count < plain.count
        else { return (0, plain) }
        return (compression.identifier, small)
    }

    private func decompressed(_ body: ByteString, _ identifier: UInt8) -> ByteString? {
        if identifier == 0 { return body }
        guard let compression = options.compression, compression.identifier == identifier else {
            return nil
        }
        return try? compression.decompress(body, limit: options.maximumDecompressedBytes)
    }
}
