import StorageKit

extension KeyValueLaws {
    static func bytesCases<H: KeyValueHarness>() -> [ConformanceCase<H>] {
        [awkwardValues(), awkwardKeys(), longKeys(), randomBytes(), largeValue()]
    }

    private static func awkwardValues<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "bytes.any-value",
            "The bytes read are the bytes written, whatever they are: NUL, line breaks, invalid "
                + "UTF-8."
        ) { scene in
            for value in AwkwardBytes.samples {
                try await scene.store.set("a", to: value)
                try await scene.expect("a", holds: value, "after it was set")
            }
        }
    }

    private static func awkwardKeys<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "bytes.any-key",
            "Any bytes are a key, the empty ones included, and different bytes are different keys."
        ) { scene in
            let keys = AwkwardBytes.samples
            for (number, key) in keys.enumerated() {
                try await scene.expect(key, holds: nil, "before it was set")
                try await scene.store.set(key, to: "v\(number)")
            }
            for (number, key) in keys.enumerated() {
                try await scene.expect(key, holds: "v\(number)", "after all were set")
            }
            try await scene.expectKeys(Set(keys), "after all were set")
            for (number, key) in keys.enumerated() {
                let wasThere = try await scene.store.delete(key)
                try scene.context.expectEqual(wasThere, true, "delete of '\(key)'")
                try await scene.expectKeys(Set(keys[(number + 1)...]), "after deletes")
            }
        }
    }

    private static func longKeys<H: KeyValueHarness>() -> ConformanceCase<H> {
        law("bytes.long-keys", "Keys of 512 bytes differ by their last one.") { scene in
            guard scene.store.limits.maximumKeyBytes >= 512 else {
                throw ConformanceNotApplicable("keys are shorter than 512 bytes")
            }
            for (number, key) in AwkwardBytes.long.enumerated() {
                try await scene.store.set(key, to: "v\(number)")
            }
            for (number, key) in AwkwardBytes.long.enumerated() {
                try await scene.expect(key, holds: "v\(number)", "after both were set")
            }
            try await scene.expectKeys(Set(AwkwardBytes.long), "after both were set")
        }
    }

    private static func randomBytes<H: KeyValueHarness>() -> ConformanceCase<H> {
        law("bytes.random", "Random bytes survive as key and as value.") { scene in
            var generator = scene.context.makeGenerator()
            let limits = scene.store.limits
            var written: [ByteString: ByteString] = [:]
            for _ in 0..<60 {
                let (short, long) = (
                    min(40, limits.maximumKeyBytes), min(3000, limits.maximumValueBytes)
                )
                let key = AwkwardBytes.random(
                    .random(in: 0...short, using: &generator), using: &generator)
                let value = AwkwardBytes.random(
                    .random(in: 0...long, using: &generator), using: &generator)
                try await scene.store.set(key, to: value)
                written[key] = value
            }
            for (key, value) in written {
                let seen = try await scene.store.get(key)
                try scene.context.expect(
                    seen == value, "the \(value.count) bytes written to '\(key)'",
                    seen: "\(seen?.count ?? 0) bytes, not the same")
            }
            try await scene.expectKeys(Set(written.keys), "after random keys were set")
        }
    }

    private static func largeValue<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "bytes.large-value",
            "A value of ten megabytes survives, or as many bytes as the store takes."
        ) { scene in
            let size = min(10_000_000, scene.store.limits.maximumValueBytes)
            let block = (0..<min(size, 65_521)).map {
                UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8)
            }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size)
            while bytes.count < size { bytes += block.prefix(size - bytes.count) }
            try await scene.store.set("large", to: ByteString(bytes))
            let seen = try await scene.store.get("large")
            try scene.context.expect(
                seen?.bytes == bytes, "the \(size) bytes written",
                seen: "\(seen?.count ?? 0) bytes, not the same")
            let many = try await scene.store.get(["x", "large"])
            try scene.context.expect(
                many.count == 2 && many[1]?.bytes == bytes, "the \(size) bytes at their position",
                seen: "\(many.map { $0?.count ?? 0 }) bytes, not the same")
        }
    }
}
