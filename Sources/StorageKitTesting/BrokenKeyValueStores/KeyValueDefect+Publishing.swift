import StorageKit
import Synchronization

extension KeyValueDefect {
    static var publishingDefects: [Self] {
        [
            // Returns before the server has answered.
            Self("subscribes-later", caughtBy: "key-value.publish-subscribe.in-force-at-once") {
                let isNew = Mutex(false)
                var behaviour = KeyValueMisbehaviour()
                behaviour.subscribe = { _, _ throws(StorageError) in
                    isNew.withLock { $0 = true }
                    return nil
                }
                behaviour.answer = { _, operation throws(StorageError) in
                    guard case .publish = operation else { return nil }
                    let isLost = isNew.withLock { isNew in
                        defer { isNew = false }
                        return isNew
                    }
                    return isLost ? .integer(1) : nil
                }
                return behaviour
            },
            // Two messages on two ways.
            stateful("messages-overtake", caughtBy: "publish-subscribe.in-order") {
                let held = Mutex<Operation?>(nil)
                return { model, operation throws(StorageError) in
                    guard case .publish(let payload, _) = operation else { return nil }
                    if payload == "7" {
                        held.withLock { $0 = operation }
                        return .integer(1)
                    }
                    guard payload == "8", let late = held.withLock({ $0 }) else { return nil }
                    let reply = try await model.reply(to: operation)
                    _ = try await model.reply(to: late)
                    return reply
                }
            },
            selecting(
                "channels-are-patterns", caughtBy: "publish-subscribe.other-channels-are-silent"
            ) {
                guard case .names(let names) = $0, let name = names.first, names.count == 1,
                    name.bytes.last == UInt8(ascii: "*")
                else { return nil }
                return .prefix(ByteString(bytes: name.bytes.dropLast()))
            },
            selecting("prefixes-are-patterns", caughtBy: "publish-subscribe.prefixes-are-exact") {
                guard case .prefix(let prefix) = $0 else { return nil }
                return .prefix(prefix.cut(at: UInt8(ascii: "*")))
            },
            doing("messages-end-at-nul", caughtBy: "publish-subscribe.any-bytes") {
                guard case .publish(let payload, let channel) = $0 else { return nil }
                return .publish(payload.cut(at: 0), channel: channel)
            },
            listening("says-the-first-channel", caughtBy: "publish-subscribe.says-which-channel") {
                selection, event in
                guard case .names(let names) = selection, case .message(var message) = event else {
                    return event
                }
                message.channel = names[0]
                return .message(message)
            },
            // One reader for each channel.
            Self("last-subscription-wins", caughtBy: "key-value.publish-subscribe.everybody-hears")
            {
                let taken = Mutex<Set<ChannelSelection>>([])
                var behaviour = KeyValueMisbehaviour()
                behaviour.subscribe = { model, selection throws(StorageError) in
                    guard case .prefix = selection,
                        !taken.withLock({ $0.insert(selection).inserted && $0.count == 1 })
                    else {
                        guard case .prefix = selection else { return nil }
                        return BrokenSubscription(try await model.subscribe(to: ["nothing"]))
                    }
                    return BrokenSubscription(try await model.subscribe(to: ["nothing"]))
                }
                return behaviour
            },
            // The last message of each channel is kept for whoever comes.
            Self("messages-are-kept", caughtBy: "key-value.publish-subscribe.kept-for-nobody") {
                let last = Mutex<Operation?>(nil)
                var behaviour = KeyValueMisbehaviour()
                behaviour.answer = { _, operation throws(StorageError) in
                    if case .publish = operation { last.withLock { $0 = operation } }
                    return nil
                }
                behaviour.subscribe = { model, selection throws(StorageError) in
                    let subscription = try await selection.subscription(on: model)
                    if let kept = last.withLock({ $0 }) { _ = try await model.reply(to: kept) }
                    return BrokenSubscription(subscription)
                }
                return behaviour
            },
            saying("publish-always-counts-one", caughtBy: "publish-subscribe.counts") {
                operation, _ in
                if case .publish = operation { .integer(1) } else { nil }
            },
            // The table of subscriptions holds them all.
            Self(
                "subscriptions-are-kept", caughtBy: "key-value.publish-subscribe.ends-when-dropped"
            ) {
                let kept = Mutex<[ModelSubscription]>([])
                var behaviour = KeyValueMisbehaviour()
                behaviour.subscribe = { model, selection throws(StorageError) in
                    let subscription = try await selection.subscription(on: model)
                    kept.withLock { $0.append(subscription) }
                    return BrokenSubscription(subscription)
                }
                return behaviour
            },
            behaving("readers-are-not-cancelled", caughtBy: "publish-subscribe.ends-when-cancelled")
            {
                $0.subscribe = { model, selection throws(StorageError) in
                    BrokenSubscription(
                        try await selection.subscription(on: model), noticesCancellation: false)
                }
            },
            answering("messages-are-stored", caughtBy: "publish-subscribe.channels-are-not-keys") {
                model, operation throws(StorageError) in
                guard case .publish(let payload, let channel) = operation else { return nil }
                try await model.set(channel, to: payload)
                return nil
            },
            behaving("subscribes-to-nothing", caughtBy: "publish-subscribe.refuses") {
                $0.subscribe = { model, selection throws(StorageError) in
                    guard case .names([]) = selection else { return nil }
                    return BrokenSubscription(try await model.subscribe(to: ["nothing"]))
                }
            },
        ]
    }

    private static func selecting(
        _ name: String, caughtBy: String,
        _ other: @escaping @Sendable (ChannelSelection) -> ChannelSelection?
    ) -> Self {
        behaving(name, caughtBy: caughtBy) {
            $0.subscribe = { model, selection throws(StorageError) in
                guard let changed = other(selection) else { return nil }
                return BrokenSubscription(try await changed.subscription(on: model))
            }
        }
    }

    private static func listening(
        _ name: String, caughtBy: String,
        _ change: @escaping @Sendable (ChannelSelection, ChannelEvent) -> ChannelEvent
    ) -> Self {
        behaving(name, caughtBy: caughtBy) {
            $0.subscribe = { model, selection throws(StorageError) in
                BrokenSubscription(try await selection.subscription(on: model)) {
                    change(selection, $0)
                }
            }
        }
    }
}
