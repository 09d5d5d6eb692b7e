import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("The longest times there are", .timeLimit(.minutes(5)))
struct LongestTimesTests {
    private let longest = Duration.seconds(Int64.max)

    @Test("are for ever, alone and added up, and the same below zero")
    func saturated() {
        for time in [longest, longest + .seconds(1), longest * 3] {
            #expect(time.nanoseconds == .max)
            #expect(time.wholeMilliseconds == .max)
            #expect((.zero - time).nanoseconds == .min)
            #expect((.zero - time).wholeMilliseconds == .min)
            #expect(SharedCacheInstant(milliseconds: 1).after(time) == .forever)
        }
        for number in [Int64.min, .min + 1, -1, 0, 1, .max - 1, .max] {
            #expect(Duration.nanoseconds(number).nanoseconds == number)
            #expect(Duration.milliseconds(number).wholeMilliseconds == number)
        }
        #expect(Duration.microseconds(-1_500).wholeMilliseconds == -1)
    }

    @Test("are slept on for as long as a clock can count")
    func sleep() async {
        let clock = ManualClock()
        let wait = MonotonicReading(clock).sleep
        let sleeper = Task { await wait(longest + .seconds(1)) }
        await clock.waitForSleepers()
        clock.advance(by: .nanoseconds(Int64.max))
        sleeper.cancel()
        #expect(await sleeper.value)
    }

    @Test("may be all that a repository is told")
    func policy() async throws {
        var policy = CachePolicy(timeToLive: longest)
        policy.negativeTimeToLive = longest
        policy.staleWhileRevalidating = longest
        policy.staleIfPrimaryFails = longest
        policy.refreshAhead = .seconds(1)
        policy.refreshBackOff = longest
        policy.softTimeout = longest
        policy.hardTimeout = longest
        policy.patience = longest
        policy.unknownWriteTime = longest
        let primary = GatedPrimary([Note(id: 1, version: 0)])
        let cache = InMemoryCache<Int, Note>(capacity: 10)
        let notes = CachedRepository(primary: primary, cache: cache, policy: policy)
        let gate = primary.holdNextRead()
        let read = Task { try await notes.read(3) }
        await gate.waitForArrivals()
        gate.open()
        #expect(try await read.value.entity == nil)
        for source in [CachedRead<Note>.Source.primary, .cache] {
            #expect(try await notes.read(1).source == source)
            #expect(try await notes.read(2).source == source)
        }
    }

    @Test("may be the pause after a failed refresh")
    func refreshPause() {
        var pauses = RefreshPauses<Int>(limit: 1)
        for _ in 0..<20 { pauses.failed(1, pausing: longest, now: longest) }
        #expect(!pauses.allows(1, now: longest))
    }

    @Test("do not trap a deposit of a shared cache")
    func deposit() throws {
        let content = SharedCacheContent(payload: "v")
        let deposit = SharedCacheDeposit(
            content, timeToLive: longest + longest, freshFor: longest + longest)
        let epoch = SharedCacheEpoch(generation: .random())
        let entry = deposit.entry(epoch, over: nil, at: SharedCacheInstant(milliseconds: 1))
        #expect(entry?.end == .forever && entry?.freshUntil == .forever)
    }
}
