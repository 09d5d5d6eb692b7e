// A letter for the kind, 1 for the layout, sixteen hexadecimal digits for the sender; then a beat's
// number in twenty digits, or the keys or tags, each with its length in ten digits before it.
extension CacheMessage<ByteString> {
    /// The message as it is published.
    public var bytes: ByteString {
        var writer = SharedCacheWriter()
        writer.add([UInt8(ascii: kind), UInt8(ascii: "1")])
        writer.add(SharedCacheToken(rawValue: sender.rawValue))
        switch content {
        case .loadsEnded(let keys), .invalidated(let keys): writer.add(parts: keys)
        case .invalidatedTags(let tags): writer.add(parts: tags.map { ByteString($0.name) })
        case .cleared: break
        case .beat(let number): writer.add(number, digits: 20)
        }
        return ByteString(writer.bytes)
    }

    /// The message of these bytes; `nil` for what is none.
    public init?(bytes: ByteString) {
        var reader = SharedCacheReader(bytes.bytes)
        guard let kind = reader.byte(), reader.byte() == UInt8(ascii: "1"),
            let sender = reader.hexadecimal(), let content = Self.content(kind, &reader),
            reader.isAtEnd
        else { return nil }
        self.init(sender: CacheSender(rawValue: sender), content: content)
    }

    private var kind: Unicode.Scalar {
        switch content {
        case .loadsEnded: "L"
        case .invalidated: "I"
        case .invalidatedTags: "T"
        case .cleared: "C"
        case .beat: "B"
        }
    }

    private static func content(_ kind: UInt8, _ reader: inout SharedCacheReader) -> Content? {
        switch kind {
        case UInt8(ascii: "L"): return reader.parts().map(Content.loadsEnded)
        case UInt8(ascii: "I"): return reader.parts().map(Content.invalidated)
        case UInt8(ascii: "T"):
            guard let names = reader.parts() else { return nil }
            let tags = names.compactMap { $0.string.map { CacheTag($0) } }
            return tags.count == names.count ? .invalidatedTags(Set(tags)) : nil
        case UInt8(ascii: "C"): return .cleared
        case UInt8(ascii: "B"): return reader.number(digits: 20).map(Content.beat)
        default: return nil
        }
    }
}

extension SharedCacheWriter {
    fileprivate mutating func add(parts: [ByteString]) {
        for part in parts {
            add(UInt64(part.count), digits: 10)
            add(part.bytes)
        }
    }
}

extension SharedCacheReader {
    /// Everything that is left, in parts.
    fileprivate mutating func parts() -> [ByteString]? {
        var parts: [ByteString] = []
        while !isAtEnd {
            guard let length = number(digits: 10), let part = bytes(Int(length)) else {
                return nil
            }
            parts.append(ByteString(bytes: part))
        }
        return parts
    }
}
