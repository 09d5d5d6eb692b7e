import StorageKit
import Synchronization

extension KeyValueDefect {
    typealias Model = ModelKeyValueStore
    typealias Operation = KeyValueOperation
    typealias Reply = KeyValueReply

    /// A defect whose subjects remember something.
    static func stateful(
        _ name: String, caughtBy: String,
        _ makeAnswer: @escaping @Sendable () -> KeyValueMisbehaviour.Answer
    ) -> Self {
        behaving(name, caughtBy: caughtBy) { $0.answer = makeAnswer() }
    }

    /// A defect that answers some operations itself.
    static func answering(
        _ name: String, caughtBy: String, _ answer: @escaping KeyValueMisbehaviour.Answer
    ) -> Self {
        stateful(name, caughtBy: caughtBy) { answer }
    }

    /// A defect of anything.
    static func behaving(
        _ name: String, caughtBy: String,
        _ change: @escaping @Sendable (inout KeyValueMisbehaviour) -> Void
    ) -> Self {
        Self(name, caughtBy: "key-value.\(caughtBy)") {
            var behaviour = KeyValueMisbehaviour()
            change(&behaviour)
            return behaviour
        }
    }

    /// A defect that does another operation than it was asked for.
    static func doing(
        _ name: String, caughtBy: String, _ other: @escaping @Sendable (Operation) -> Operation?
    ) -> Self {
        answering(name, caughtBy: caughtBy) { model, operation throws(StorageError) in
            guard let changed = other(operation) else { return nil }
            return try await model.reply(to: changed)
        }
    }

    /// A defect that does what it was asked for, and says something else.
    static func saying(
        _ name: String, caughtBy: String,
        _ other: @escaping @Sendable (Operation, Reply) -> Reply?
    ) -> Self {
        answering(name, caughtBy: caughtBy) { model, operation throws(StorageError) in
            let reply = try await model.reply(to: operation)
            return other(operation, reply) ?? reply
        }
    }

    /// A defect that hides an error of this code behind a reply.
    static func hiding(
        _ code: StorageError.Code, _ name: String, caughtBy: String,
        _ reply: @escaping @Sendable (Operation) -> Reply?
    ) -> Self {
        answering(name, caughtBy: caughtBy) { model, operation throws(StorageError) in
            do throws(StorageError) {
                return try await model.reply(to: operation)
            } catch {
                guard error.code == code, let reply = reply(operation) else { throw error }
                return reply
            }
        }
    }

    /// A defect that refuses what it should do.
    static func refusing(
        _ name: String, caughtBy: String, with code: StorageError.Code,
        _ isRefused: @escaping @Sendable (Model, Operation) -> Bool
    ) -> Self {
        answering(name, caughtBy: caughtBy) { model, operation throws(StorageError) in
            guard isRefused(model, operation) else { return nil }
            throw StorageError(code: code, message: "refused", operation: operation.name)
        }
    }

    /// Gives others the chance to come in between, as a round trip would.
    static func pause() async {
        for _ in 0..<4 { await Task.yield() }
    }
}

extension ByteString {
    /// The bytes up to the first of these.
    func cut(at byte: UInt8) -> ByteString { ByteString(bytes: bytes.prefix { $0 != byte }) }

    /// At most so many bytes.
    func cut(to count: Int) -> ByteString { ByteString(bytes: bytes.prefix(count)) }
}

extension KeyValueOperation {
    /// The operation of the base protocol with other keys.
    func mapKeys(_ change: (ByteString) -> ByteString) -> KeyValueOperation? {
        switch self {
        case .get(let key): .get(change(key))
        case .getMany(let keys): .getMany(keys.map(change))
        case .set(let key, let value, let expiration): .set(change(key), value, expiration)
        case .delete(let keys): .delete(keys.map(change))
        case .exists(let key): .exists(change(key))
        default: nil
        }
    }

    /// The operation that writes a plain value with another value.
    func mapValue(_ change: (ByteString) -> ByteString) -> KeyValueOperation? {
        switch self {
        case .set(let key, let value, let expiration): .set(key, change(value), expiration)
        case .setIf(.equal(let expected), let key, let value, let expiration):
            .setIf(.equal(to: change(expected)), key, change(value), expiration)
        case .setIf(let condition, let key, let value, let expiration):
            .setIf(condition, key, change(value), expiration)
        case .deleteIf(let value, let key): .deleteIf(equal: change(value), key)
        case .exchange(let key, let value, let expiration):
            .exchange(key, change(value), expiration)
        default: nil
        }
    }

    /// The operation that writes with an expiry with another one.
    func mapExpiration(_ change: (KeyExpiration) -> KeyExpiration) -> KeyValueOperation? {
        switch self {
        case .set(let key, let value, let expiration): .set(key, value, change(expiration))
        case .setIf(let condition, let key, let value, let expiration):
            .setIf(condition, key, value, change(expiration))
        case .exchange(let key, let value, let expiration):
            .exchange(key, value, change(expiration))
        case .getAndExpire(let key, let expiration): .getAndExpire(key, change(expiration))
        default: nil
        }
    }
}
