import StorageKit

extension KeyValueLaws {
    static func scanUnderChangeCases<H: KeyValueHarness>() -> [ConformanceCase<H>] {
        [scanAmidAdditions(), scanAmidDeletions()]
    }

    private static func scanAmidAdditions<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "scan.misses-nothing-amid-additions",
            "A key that is there all the while is visited at least once, also when many are added."
        ) { scene in
            let keys = Set((0..<120).map { ByteString("k\($0)") })
            for key in keys { try await scene.store.set(key, to: "1") }
            var (seen, added): (Set<ByteString>, Int) = ([], 0)
            for try await key in scene.store.keys(withPrefix: "k", pageSize: 10) {
                seen.insert(key)
                // Enough for a hash table to grow several times; in the end it must end.
                guard added < 600 else { continue }
                for _ in 0..<6 {
                    added += 1
                    try await scene.store.set("k:new\(added)", to: "1")
                }
            }
            try scene.context.expectEqual(
                keys.subtracting(seen).sorted(), [], "the keys that the scan missed")
        }
    }

    private static func scanAmidDeletions<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "scan.misses-nothing-amid-deletions",
            "A key that is there all the while is visited at least once, also when many others "
                + "are deleted, those that the scan has just visited among them."
        ) { scene in
            let keys = (0..<400).map { ByteString("k\($0)") }
            for key in keys { try await scene.store.set(key, to: "1") }
            let staying = Set(keys.enumerated().filter { $0.offset % 8 == 0 }.map(\.element))
            var seen: Set<ByteString> = []
            for try await key in scene.store.keys(withPrefix: "k", pageSize: 10) {
                seen.insert(key)
                if !staying.contains(key) { try await scene.store.delete(key) }
            }
            try scene.context.expectEqual(
                staying.subtracting(seen).sorted(), [], "the keys that the scan missed")
        }
    }
}
