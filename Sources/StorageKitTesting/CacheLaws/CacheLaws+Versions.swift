public import StorageKit

extension CacheLaws {
    /// The cases of `VersionedCache`.
    ///
    /// The harness's type is given only to name it.
    public static func versionCases<H: CacheHarness>(
        for harness: H.Type = H.self
    ) -> [ConformanceCase<H>] where H.Subject: VersionedCache {
        [newerStays(), olderIsReplaced(), nonePut(), unversionedIsRemoved(), recordEndsLoads()]
            + [
                refusesOlder(), floorEnds(), noFloor(), newestFloor(), floorOutlivesEntry(),
                floorOutlivesClearing(), recordDetaches(), recordMany(),
            ]
    }

    private static func newerStays<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law("versions.newer-stays", "An entry with the write's version or a newer one stays.") {
            scene in
            try await scene.fill(1, scene.entry(1, 5, version: 5))
            try await scene.record(1, version: 3, leaving: 3)
            try await scene.expect(1, is: 5, "after an older write")
            try await scene.record(1, version: 5)
            try await scene.expect(1, is: 5, "after a write of its own version")
        }
    }

    private static func olderIsReplaced<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law("versions.older-is-replaced", "An older entry is replaced by the write's, or removed.")
        {
            scene in
            try await scene.fill(1, scene.entry(1, 3, version: 3))
            try await scene.record(1, version: 5, leaving: 5)
            try await scene.expect(1, is: 5, "after a newer write")
            let entry = try await scene.cache.get(scene.key(1))
            try scene.context.expectEqual(entry?.version, CacheVersion(5), "the entry's version")
            try await scene.record(1, version: 6)
            try await scene.expectGone(1, "after a newer write without entry")
        }
    }

    private static func nonePut<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law("versions.none-is-put", "Where there is no entry none is put.") { scene in
            try await scene.record(1, version: 5, leaving: 5)
            try await scene.expectGone(1, "after a write")
        }
    }

    private static func unversionedIsRemoved<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law("versions.unversioned-is-removed", "An entry without version is removed by any write.")
        {
            scene in
            try await scene.fill([1])
            try await scene.record(1, version: 5, leaving: 5)
            try await scene.expectGone(1, "after a write")
        }
    }

    private static func recordEndsLoads<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law("versions.ends-loads", "Registered loads end without filling, refreshes too.") {
            scene in
            let ticket = try await scene.ticket(1)
            try await scene.record(1, version: 5)
            try await scene.expectRejected(1, ticket, version: 9, "after a write")
            try await scene.fill(2, scene.entry(2, 5, version: 5))
            let refresh = try await scene.ticket(2, unlessFreshFor: nil)
            try await scene.record(2, version: 5)
            try await scene.expectRejected(2, refresh, version: 9, "after a write")
            try await scene.expect(2, is: 5, "after all")
        }
    }

    private static func refusesOlder<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law(
            "versions.refuse-older-fills",
            "For the time given fills with an older version, or without one, are refused."
        ) { scene in
            try await scene.record(1, version: 5, refusing: .seconds(3600))
            for version: Int64? in [4, nil] {
                let ticket = try await scene.ticket(1, "after a write")
                try await scene.expectRejected(1, ticket, version: version, "after a newer write")
                try await scene.expectNothing(1, "after a fill that was refused")
                try await scene.cache.abandonLoads([scene.key(1): ticket])
            }
            try await scene.fill(1, scene.entry(1, 5, version: 5))
            try await scene.expect(1, is: 5, "of the version that was written")
        }
    }

    private static func floorEnds<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law("versions.refuse-for-the-time-given", "After the time given any fill is welcome.") {
            scene in
            try await scene.record(1, version: 5, refusing: .milliseconds(20))
            try await scene.letPass(.milliseconds(20))
            try await scene.fill(1, scene.entry(1, 4, version: 4))
            try await scene.expect(1, is: 4, "filled after the time given")
        }
    }

    private static func noFloor<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law("versions.refuse-nothing", "With no time given no later fill is refused.") { scene in
            try await scene.record(1, version: 5)
            try await scene.fill(1, scene.entry(1, 4, version: 4))
            try await scene.record(2, version: 5)
            try await scene.fill([2])
            try await scene.expect(2, is: 0, "without version")
        }
    }

    private static func newestFloor<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law("versions.newest-write-counts", "Of two writes the newer one decides what is refused.")
        {
            scene in
            try await scene.record(1, version: 7, refusing: .seconds(3600))
            try await scene.record(1, version: 5, refusing: .seconds(3600))
            let ticket = try await scene.ticket(1, "after two writes")
            try await scene.expectRejected(1, ticket, version: 6, "after a newer write")
        }
    }

    private static func floorOutlivesEntry<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law(
            "versions.refuse-after-invalidation",
            "Older fills are refused as well when the entry is invalidated meanwhile."
        ) { scene in
            try await scene.fill(1, scene.entry(1, 3, version: 3))
            try await scene.record(1, version: 5, leaving: 5, refusing: .seconds(3600))
            try await scene.invalidate(1)
            let replaced = try await scene.ticket(1, "after an invalidation")
            try await scene.expectRejected(1, replaced, version: 4, "after a newer write")
            try await scene.cache.abandonLoads([scene.key(1): replaced])
            try await scene.fill(1, scene.entry(1, 6, version: 6))
            try await scene.invalidate(1)
            let filled = try await scene.ticket(1, "after an invalidation")
            try await scene.expectRejected(1, filled, version: 4, "after a newer write")
        }
    }

    private static func floorOutlivesClearing<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law(
            "versions.refuse-after-clearing",
            "Older fills are refused as well when everything is removed meanwhile."
        ) { scene in
            try await scene.fill(1, scene.entry(1, 3, version: 3))
            try await scene.record(1, version: 5, leaving: 5, refusing: .seconds(3600))
            try await scene.record(2, version: 5, refusing: .seconds(3600))
            try await scene.cache.removeAll()
            for number in [1, 2] {
                let ticket = try await scene.ticket(number, "after everything was removed")
                try await scene.expectRejected(number, ticket, version: 4, "after a newer write")
            }
        }
    }

    private static func recordDetaches<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law("versions.detach", "Who asks after a write was recorded joins no load from before it.")
        {
            scene in
            try await scene.expectDetached { cache in
                try await cache.recordWrites(
                    [.init(key: scene.key(1), version: CacheVersion(1))], refusingOlderFor: .zero)
            }
        }
    }

    private static func recordMany<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: VersionedCache {
        law("versions.of-many", "Several writes are recorded as each by itself.") { scene in
            for number in 0..<4 {
                try await scene.fill(number, scene.entry(number, 3, version: 3))
            }
            let writes: [CacheWrite<H.Subject.Key, Specimen>] = [
                .init(key: scene.key(0), version: CacheVersion(5)),
                .init(
                    key: scene.key(1), version: CacheVersion(5),
                    entry: scene.entry(1, 5, version: 5)),
                .init(key: scene.key(2), version: CacheVersion(2)),
            ]
            try await scene.cache.recordWrites(writes, refusingOlderFor: .zero)
            try await scene.expectGone(0, "among many")
            for (number, revision) in [(1, 5), (2, 3), (3, 3)] {
                try await scene.expect(number, is: revision, "among many")
            }
            try await scene.cache.recordWrites([], refusingOlderFor: .zero)
        }
    }
}

extension CacheScene where Harness.Subject: VersionedCache {
    func record(
        _ number: Int, version: Int64, leaving revision: Int? = nil,
        refusing duration: Duration = .zero
    ) async throws {
        let entry = revision.map { self.entry(number, $0, version: version) }
        let write = CacheWrite(key: key(number), version: CacheVersion(version), entry: entry)
        try await cache.recordWrites([write], refusingOlderFor: duration)
        context.note("recordWrites of \(number) in version \(version)")
    }
}
