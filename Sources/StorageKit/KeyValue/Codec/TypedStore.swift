/// A key-value store seen as one of values of one type.
///
/// ```swift
/// struct Profile: Codable { var name: String }
/// let profiles = store.namespace("profiles").typed(as: Profile.self)
/// try await profiles.set("1", to: Profile(name: "Ana"))
/// let name = try await profiles.get("1")?.name
/// ```
///
/// It adds a codec and nothing else: round trips and errors are those of the store, and besides
/// ``StorageError/Code/encodingFailed`` and ``StorageError/Code/decodingFailed``, before anything
/// is sent and after everything was read.
public struct TypedStore<Base: KeyValueStore, Codec: ValueCodec>: Sendable {
    /// What the store holds.
    public typealias Value = Codec.Value

    /// The store beneath, for everything that is not about values of this type.
    public let base: Base
    /// How values are written.
    public let codec: Codec

    /// Creates a view of a store.
    public init(_ base: Base, codec: Codec) {
        self.base = base
        self.codec = codec
    }

    /// The value of a key, or `nil` when there is none.
    public func get(_ key: ByteString) async throws(StorageError) -> Value? {
        try decode(try await base.get(key))
    }

    /// The values of keys, each at the position of its key, `nil` where there is none.
    public func get(_ keys: [ByteString]) async throws(StorageError) -> [Value?] {
        let stored = try await base.get(keys)
        var values: [Value?] = []
        values.reserveCapacity(stored.count)
        for bytes in stored { values.append(try decode(bytes)) }
        return values
    }

    /// Writes a value, whatever the key held, and removes an expiry it had.
    public func set(_ key: ByteString, to value: Value) async throws(StorageError) {
        try await base.set(key, to: try codec.encode(value))
    }

    /// Deletes a key.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    public func delete(_ key: ByteString) async throws(StorageError) -> Bool {
        try await base.delete(key)
    }

    private func decode(_ bytes: ByteString?) throws(StorageError) -> Value? {
        guard let bytes else { return nil }
        return try codec.decode(bytes)
    }
}

extension TypedStore where Base: ExpiringKeyValueStore {
    /// Writes a value and when it vanishes, in one step.
    public func set(
        _ key: ByteString, to value: Value, expires: KeyExpiration
    ) async throws(StorageError) {
        try await base.set(key, to: try codec.encode(value), expires: expires)
    }

    /// Reads a value and sets when it vanishes, in one step.
    public func get(
        _ key: ByteString, expires: KeyExpiration
    ) async throws(StorageError) -> Value? {
        try decode(try await base.get(key, expires: expires))
    }
}

extension TypedStore where Base: ConditionalWriteStore {
    /// Writes a value if there is no such key.
    ///
    /// - Returns: Whether it was written.
    @discardableResult
    public func setIfAbsent(_ key: ByteString, to value: Value) async throws(StorageError) -> Bool {
        try await base.setIfAbsent(key, to: try codec.encode(value))
    }

    /// Writes a value if there is such a key, and removes an expiry it had.
    ///
    /// - Returns: Whether it was written.
    @discardableResult
    public func setIfPresent(_ key: ByteString, to value: Value) async throws(StorageError) -> Bool
    {
        try await base.setIfPresent(key, to: try codec.encode(value))
    }

    /// Writes a value if the key holds the bytes of the expected one.
    ///
    /// The codec must give equal values equal bytes; ``JSONCodec`` says for which values it does.
    ///
    /// - Returns: Whether it was written.
    @discardableResult
    public func compareAndSet(
        _ key: ByteString, from expected: Value, to value: Value
    ) async throws(StorageError) -> Bool {
        try await base.compareAndSet(
            key, from: try codec.encode(expected), to: try codec.encode(value))
    }

    /// Deletes a key if it holds the bytes of the expected value.
    ///
    /// - Returns: Whether it was deleted.
    @discardableResult
    public func compareAndDelete(
        _ key: ByteString, from expected: Value
    ) async throws(StorageError) -> Bool {
        try await base.compareAndDelete(key, from: try codec.encode(expected))
    }

    /// Writes a value and returns the one it replaces, or `nil`.
    @discardableResult
    public func exchange(
        _ key: ByteString, with value: Value
    ) async throws(StorageError) -> Value? {
        try decode(try await base.exchange(key, with: try codec.encode(value)))
    }

    /// Deletes a key and returns the value it held, or `nil`.
    @discardableResult
    public func take(_ key: ByteString) async throws(StorageError) -> Value? {
        try decode(try await base.take(key))
    }
}

extension TypedStore where Base: ConditionalWriteStore & ExpiringKeyValueStore {
    /// Writes a value that will vanish if there is no such key.
    ///
    /// - Returns: Whether it was written.
    @discardableResult
    public func setIfAbsent(
        _ key: ByteString, to value: Value, expires: KeyExpiration
    ) async throws(StorageError) -> Bool {
        try await base.setIfAbsent(key, to: try codec.encode(value), expires: expires)
    }

    /// Writes a value and when it vanishes if there is such a key.
    ///
    /// - Returns: Whether it was written.
    @discardableResult
    public func setIfPresent(
        _ key: ByteString, to value: Value, expires: KeyExpiration
    ) async throws(StorageError) -> Bool {
        try await base.setIfPresent(key, to: try codec.encode(value), expires: expires)
    }

    /// Writes a value and when it vanishes if the key holds the bytes of the expected one.
    ///
    /// - Returns: Whether it was written.
    @discardableResult
    public func compareAndSet(
        _ key: ByteString, from expected: Value, to value: Value, expires: KeyExpiration
    ) async throws(StorageError) -> Bool {
        try await base.compareAndSet(
            key, from: try codec.encode(expected), to: try codec.encode(value), expires: expires)
    }

    /// Writes a value and when it vanishes, and returns the one it replaces, or `nil`.
    @discardableResult
    public func exchange(
        _ key: ByteString, with value: Value, expires: KeyExpiration
    ) async throws(StorageError) -> Value? {
        try decode(try await base.exchange(key, with: try codec.encode(value), expires: expires))
    }
}

extension KeyValueStore {
    /// This store as one of values written by a codec.
    public func typed<Codec: ValueCodec>(with codec: Codec) -> TypedStore<Self, Codec> {
        TypedStore(self, codec: codec)
    }

    /// This store as one of values of a `Codable` type, as JSON.
    public func typed<Value: Codable & Sendable>(
        as type: Value.Type
    ) -> TypedStore<Self, JSONCodec<Value>> {
        TypedStore(self, codec: JSONCodec())
    }
}
