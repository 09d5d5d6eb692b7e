/// The bytes of a ``CacheMessage``.
///
/// ```
///   ┌────────┬──────┬────────────┬──────────────────────────────────────────────┐
///   │ format │ kind │ sender (8) │ keys or tags: count (4) then length (4), bytes…│
///   │   1    │      │            │ a beat: number (8)                            │
///   └────────┴──────┴────────────┴──────────────────────────────────────────────┘
/// ```
///
/// Numbers are big-endian. Decoding is total: what is not exactly such bytes is no message.
struct CacheMessageCoding<Codec: ValueCodec>: Sendable where Codec.Value: Hashable {
    typealias Message = CacheMessage<Codec.Value>

    let codec: Codec

    func encode(_ message: Message) throws(StorageError) -> ByteString {
        var writer = CacheMessageWriter(kind: kind(message.content).rawValue)
        writer.write(message.sender.rawValue)
        switch message.content {
        case .invalidated(let keys):
            var parts: [ByteString] = []
            for key in keys { parts.append(try codec.encode(key)) }
            writer.write(parts)
        case .invalidatedTags(let tags): writer.write(tags.map { ByteString($0.name) })
        case .cleared: break
        case .beat(let number): writer.write(number)
        }
        return ByteString(writer.bytes)
    }

    func decode(_ bytes: ByteString) -> Message? {
        var reader = CacheMessageReader(bytes.bytes)
        guard let kind = reader.kind().flatMap(Kind.init), let sender = reader.number(),
            let content = content(kind, &reader), reader.isAtEnd
        else { return nil }
        return Message(sender: CacheSender(rawValue: sender), content: content)
    }
}

extension CacheMessageCoding {
    private enum Kind: UInt8 {
        case invalidated = 1
        case invalidatedTags, cleared, beat
    }

    private func kind(_ content: Message.Content) -> Kind {
        switch content {
        case .invalidated: .invalidated
        case .invalidatedTags: .invalidatedTags
        case .cleared: .cleared
        case .beat: .beat
        }
    }

    private func content(_ kind: Kind, _ reader: inout CacheMessageReader) -> Message.Content? {
        switch kind {
        case .invalidated:
            guard let parts = reader.parts() else { return nil }
            var keys: [Codec.Value] = []
            for part in parts {
                guard let key = try? codec.decode(part) else { return nil }
                keys.append(key)
            }
            return .invalidated(keys)
        case .invalidatedTags:
            guard let names = reader.parts() else { return nil }
            let tags = names.compactMap { $0.string.map { CacheTag($0) } }
            return tags.count == names.count ? .invalidatedTags(Set(tags)) : nil
        case .cleared: return .cleared
        case .beat: return reader.number().map(Message.Content.beat)
        }
    }
}

/// Writes the parts of a message one behind the other.
struct CacheMessageWriter {
    static let format: UInt8 = 1

    private(set) var bytes: [UInt8]

    init(kind: UInt8) { bytes = [Self.format, kind] }

    mutating func write(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }

    mutating func write(_ parts: [ByteString]) {
        write(UInt32(parts.count))
        for part in parts {
            write(UInt32(part.count))
            bytes += part.bytes
        }
    }
}

/// Reads the parts of a message; `nil` for what is not there.
struct CacheMessageReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func kind() -> UInt8? {
        guard rest.popFirst() == CacheMessageWriter.format else { return nil }
        return rest.popFirst()
    }

    mutating func number() -> UInt64? { integer() }

    mutating func parts() -> [ByteString]? {
        guard let count: UInt32 = integer() else { return nil }
        var parts: [ByteString] = []
        for _ in 0..<count {
            guard let length: UInt32 = integer(), rest.count >= length else { return nil }
            parts.append(ByteString(bytes: rest.prefix(Int(length))))
            rest = rest.dropFirst(Int(length))
        }
        return parts
    }

    private mutating func integer<Number: FixedWidthInteger>() -> Number? {
        let size = MemoryLayout<Number>.size
        guard rest.count >= size else { return nil }
        defer { rest = rest.dropFirst(size) }
        return rest.prefix(size).reduce(0) { $0 << 8 | Number($1) }
    }
}
