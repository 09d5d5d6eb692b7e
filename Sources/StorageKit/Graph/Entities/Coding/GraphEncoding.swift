/// What a value is given to write itself to; for a single value, the container as well.
struct GraphEncoding: Encoder, SingleValueEncodingContainer {
    let slot: GraphSlot
    let codingPath: [any CodingKey]

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        slot.openFields()
        return KeyedEncodingContainer(GraphKeyedEncoding(encoding: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.openElements()
        return GraphUnkeyedEncoding(encoding: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() { slot.put(nil) }

    func encode<Value: Encodable>(_ value: Value) throws {
        if let known = try known(value) {
            slot.put(known)
        } else {
            try value.encode(to: self)
        }
    }

    /// The value, if a property has a type for it.
    private func known(_ value: some Encodable) throws(StorageError) -> GraphValue? {
        switch value {
        case let flag as Bool: .bool(flag)
        case let text as String: .string(text)
        case let number as Double: .double(number)
        case let number as Float: .double(Double(number))
        // Not by the cast alone: an empty array of anything can be cast to one of bytes.
        case let bytes as [UInt8] where type(of: value) == [UInt8].self: .bytes(bytes)
        case let number as any FixedWidthInteger: try integer(number)
        default: nil
        }
    }

    private func integer(_ number: some FixedWidthInteger) throws(StorageError) -> GraphValue {
        guard let fitting = Int64(exactly: number) else {
            throw .graphEncoding(
                "the number does not fit a 64-bit integer", codingPath.map(\.stringValue))
        }
        return .integer(fitting)
    }

    func field(_ key: any CodingKey) -> GraphEncoding {
        GraphEncoding(slot: slot.field(key.stringValue), codingPath: codingPath + [key])
    }

    func next() -> GraphEncoding {
        let key = GraphKey("\(slot.count)")
        return GraphEncoding(slot: slot.append(), codingPath: codingPath + [key])
    }
}

/// The fields that an entity writes.
private struct GraphKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoding: GraphEncoding

    var codingPath: [any CodingKey] { encoding.codingPath }

    func encodeNil(forKey key: Key) { encoding.field(key).encodeNil() }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        try encoding.field(key).encode(value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoding.field(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoding.field(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoding.field(GraphKey("super")) }

    func superEncoder(forKey key: Key) -> any Encoder { encoding.field(key) }
}

/// The elements of a list that an entity writes.
private struct GraphUnkeyedEncoding: UnkeyedEncodingContainer {
    let encoding: GraphEncoding

    var codingPath: [any CodingKey] { encoding.codingPath }
    var count: Int { encoding.slot.count }

    func encodeNil() { encoding.next().encodeNil() }

    func encode<Value: Encodable>(_ value: Value) throws { try encoding.next().encode(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        encoding.next().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        encoding.next().unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoding.next() }
}

/// A name or place in a coding path.
struct GraphKey: CodingKey {
    let stringValue: String
    var intValue: Int? { Int(stringValue) }

    init(_ text: String) { stringValue = text }
    init(stringValue: String) { self.stringValue = stringValue }
    init(intValue: Int) { stringValue = "\(intValue)" }
}
