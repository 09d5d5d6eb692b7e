public import StorageKit

extension KeyValueLaws {
    /// The cases of `PublishSubscribeStore`.
    public static func publishSubscribeCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: PublishSubscribeStore {
        [
            inForceAtOnce(), inOrder(), otherChannelsAreSilent(), prefixesAreExact(),
            anyBytesPublished(), severalChannels(), eachSubscriptionHears(), keptForNobody(),
            publishCounts(), endsWhenDropped(), endsWhenCancelled(), publishMakesNoKeys(),
            subscribeRefuses(),
        ]
    }

    private static func inForceAtOnce<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.in-force-at-once",
            "When subscribe returns, the subscription is in force: what is published from then on "
                + "arrives."
        ) { scene in
            for round in 0..<15 {
                let byName = try await scene.store.subscribe(to: ["c\(round)"])
                let byPrefix = try await scene.store.subscribe(toChannelsWithPrefix: "c\(round)")
                try await scene.store.publish("hello", to: "c\(round)")
                let expected = [ChannelMessage(channel: "c\(round)", payload: "hello")]
                for subscription in [byName, byPrefix] {
                    try await scene.expect(subscription, brings: expected)
                }
            }
        }
    }

    private static func inOrder<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.in-order",
            "Messages of one publisher on one channel arrive in the order they were published, "
                + "each once."
        ) { scene in
            let subscription = try await scene.store.subscribe(to: ["c"])
            let messages = (0..<200).map { ChannelMessage(channel: "c", payload: "\($0)") }
            for message in messages {
                try await scene.store.publish(message.payload, to: message.channel)
            }
            try await scene.expect(subscription, brings: messages)
        }
    }

    private static func otherChannelsAreSilent<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.other-channels-are-silent",
            "A subscription brings what is published on its channels and nothing else; names are "
                + "bytes and no patterns."
        ) { scene in
            for channel: ByteString in ["a*", "a", "[ab]", "?", "*", "\\", ""] {
                let subscription = try await scene.store.subscribe(to: [channel])
                for other in AwkwardBytes.samples + ["ab", "aa"] where other != channel {
                    try await scene.store.publish("wrong", to: other)
                }
                try await scene.store.publish("right", to: channel)
                try await scene.expect(
                    subscription, brings: [ChannelMessage(channel: channel, payload: "right")])
            }
        }
    }

    private static func prefixesAreExact<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.prefixes-are-exact",
            "A subscription to a prefix brings what is published on the channels whose names begin "
                + "with it, and nothing else; a prefix is bytes and no pattern."
        ) { scene in
            let samples = AwkwardBytes.samples
            for prefix: ByteString in ["a", "a*", "*", "?", "[a", "[a]", "\\", "\\*", "", "\u{0}"] {
                let subscription = try await scene.store.subscribe(toChannelsWithPrefix: prefix)
                let channels = samples + samples.map { prefix + $0 }
                for channel in channels { try await scene.store.publish("x", to: channel) }
                let expected = channels.filter { $0.hasPrefix(prefix) }
                try await scene.expect(
                    subscription,
                    brings: expected.map { ChannelMessage(channel: $0, payload: "x") })
            }
        }
    }

    private static func anyBytesPublished<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.any-bytes", "Any bytes are a channel's name and a message."
        ) { scene in
            let samples = AwkwardBytes.samples
            let subscription = try await scene.store.subscribe(to: samples)
            let messages = zip(samples, samples.reversed()).map {
                ChannelMessage(channel: $0, payload: $1)
            }
            for message in messages {
                try await scene.store.publish(message.payload, to: message.channel)
            }
            try await scene.expect(subscription, brings: messages)
        }
    }

    private static func severalChannels<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.says-which-channel",
            "A subscription to several channels says of each message which it came on."
        ) { scene in
            let subscription = try await scene.store.subscribe(to: ["a", "b", "c"])
            let messages = (0..<30).map {
                ChannelMessage(channel: ["a", "b", "c"][$0 % 3], payload: "\($0)")
            }
            for message in messages {
                try await scene.store.publish(message.payload, to: message.channel)
            }
            try await scene.expect(subscription, brings: messages)
        }
    }

    private static func eachSubscriptionHears<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.everybody-hears",
            "A message goes to every subscription in force; one that ends does not end another."
        ) { scene in
            let stays = try await scene.store.subscribe(to: ["a"])
            let prefix = try await scene.store.subscribe(toChannelsWithPrefix: "")
            let first = ChannelMessage(channel: "a", payload: "1")
            let second = ChannelMessage(channel: "a", payload: "2")
            do {
                let ends = try await scene.store.subscribe(to: ["a", "b"])
                try await scene.store.publish("1", to: "a")
                try await scene.expect(ends, brings: [first])
            }
            try await scene.store.publish("2", to: "a")
            for subscription in [stays, prefix] {
                try await scene.expect(subscription, brings: [first, second])
            }
        }
    }

    private static func keptForNobody<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.kept-for-nobody",
            "What was published before a subscription does not arrive."
        ) { scene in
            try await scene.store.publish("early", to: "a")
            let subscription = try await scene.store.subscribe(to: ["a"])
            try await scene.store.publish("late", to: "a")
            try await scene.expect(
                subscription, brings: [ChannelMessage(channel: "a", payload: "late")])
        }
    }

    private static func publishCounts<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.counts",
            "publish returns 0 when nobody listens, and at least 1 when somebody does."
        ) { scene in
            try await scene.expect(scene.commands.publish("x", to: "a"), answers: 0)
            let subscription = try await scene.store.subscribe(to: ["a"])
            try await scene.expect(scene.commands.publish("x", to: "b"), answers: 0)
            let count = try await scene.store.publish("x", to: "a")
            try scene.context.expect(count >= 1, "publish to count the listener", seen: "\(count)")
            try await scene.expect(
                subscription, brings: [ChannelMessage(channel: "a", payload: "x")])
        }
    }

    private static func endsWhenDropped<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.ends-when-dropped",
            "A subscription ends when the sequence and its iterators are gone: soon nobody "
                + "receives what is published."
        ) { scene in
            do {
                let subscription = try await scene.store.subscribe(to: ["a"])
                try await scene.store.publish("x", to: "a")
                try await scene.expect(
                    subscription, brings: [ChannelMessage(channel: "a", payload: "x")])
            }
            do { _ = try await scene.store.subscribe(toChannelsWithPrefix: "") }
            try await scene.within("publish to reach nobody after the subscription has ended") {
                while try await scene.store.publish("x", to: "a") > 0 {
                    try await Task.sleep(for: .milliseconds(2))
                }
            }
        }
    }

    private static func endsWhenCancelled<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.ends-when-cancelled",
            "A reader whose task is cancelled stops waiting: its sequence ends or throws cancelled."
        ) { scene in
            for round in 0..<6 {
                let subscription = try await scene.store.subscribe(to: ["a"])
                let reader = scene.task {
                    for try await _ in subscription {}
                }
                for _ in 0..<(round * 3) { await Task.yield() }
                reader.cancel()
                let outcome = try await scene.within("a cancelled reader to end") {
                    await reader.result
                }
                guard case .failure(let error) = outcome else { continue }
                try scene.context.expectEqual(
                    (error as? StorageError)?.code, .cancelled, "the error of a cancelled reader")
            }
        }
    }

    private static func publishMakesNoKeys<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.channels-are-not-keys",
            "Channels are no keys: publishing makes none, and a key of the same name is another "
                + "thing."
        ) { scene in
            try await scene.store.set("a", to: "1")
            let subscription = try await scene.store.subscribe(to: ["a", "b"])
            try await scene.store.publish("x", to: "a")
            try await scene.store.publish("y", to: "b")
            try await scene.expect(
                subscription,
                brings: [
                    ChannelMessage(channel: "a", payload: "x"),
                    ChannelMessage(channel: "b", payload: "y"),
                ])
            try await scene.expect("a", holds: "1", "after a message of the same name")
            try await scene.expectKeys(["a"], "after messages")
        }
    }

    private static func subscribeRefuses<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PublishSubscribeStore {
        law(
            "publish-subscribe.refuses",
            "A subscription to no channel throws invalidArgument; a channel or message beyond the "
                + "limits throws limitExceeded."
        ) { scene in
            try await scene.refuses(.invalidArgument) {
                _ = try await scene.store.subscribe(to: [])
            }
            let limits = scene.store.limits
            guard let channel = tooLongKey(limits) else { return }
            try await scene.refuses(.limitExceeded) {
                _ = try await scene.store.subscribe(to: ["a", channel])
            }
            try await scene.refuses(.limitExceeded) {
                _ = try await scene.store.subscribe(toChannelsWithPrefix: channel)
            }
            try await scene.expect(scene.commands.publish("x", to: channel), throws: .limitExceeded)
            let payload = bytes(try probe(limits.maximumValueBytes, "values") + 1)
            try await scene.expect(scene.commands.publish(payload, to: "a"), throws: .limitExceeded)
        }
    }
}

extension KeyValueScene where Harness.Subject: PublishSubscribeStore {
    /// Fails the case unless a subscription's next messages are these.
    fileprivate func expect(
        _ subscription: Harness.Subject.Subscription, brings messages: [ChannelMessage]
    ) async throws {
        let seen = try await within("\(messages.count) messages") {
            var seen: [ChannelMessage] = []
            for try await event in subscription {
                guard case .message(let message) = event else { continue }
                seen.append(message)
                if seen.count == messages.count || message != messages[seen.count - 1] { break }
            }
            return seen
        }
        context.note("received \(seen.count) messages")
        try context.expectEqual(
            seen.last, messages.prefix(seen.count).last, "message \(seen.count)")
        try context.expectEqual(seen.count, messages.count, "the number of messages")
    }
}
