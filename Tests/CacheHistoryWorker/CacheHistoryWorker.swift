import Foundation
import KeyValueBackend
import PostgresBackend
import RelationalBackend
import StorageKit
import StorageKitTesting

/// Reads and writes registers through a cache that it shares with others, until it is killed, and
/// says on standard output what it did and what it was given: see ``HistoryWriter``.
///
/// Arguments: the mode, the address of the primary (`postgresql://…`, or the path of an SQLite
/// file), that of Redis, the number of the process, and a seed. The mode `prepare` makes the
/// primary's table and ends; `flight` is ``FlightReaders``, without a primary and with the lease
/// time, in milliseconds, in place of the seed.
@main
struct CacheHistoryWorker {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 5, let mode = Mode(rawValue: arguments[0]),
            let process = Int(arguments[3]), let seed = UInt64(arguments[4])
        else {
            throw StorageError(
                code: .invalidArgument, message: "give a mode, a primary, a cache, two numbers")
        }
        let worker = CacheHistoryWorker(
            mode: mode, cache: arguments[2], process: process, seed: seed)
        if mode == .flight { return try await worker.fly() }
        if arguments[1].hasPrefix("postgresql:") {
            try await worker.run(on: PostgresDatabase(arguments[1]))
        } else {
            var configuration = SQLiteConfiguration(durability: .normal)
            configuration.busyTimeout = .seconds(30)
            try await worker.run(
                on: SQLiteDatabase(.file(arguments[1]), configuration: configuration))
        }
    }

    enum Mode: String {
        case prepare
        /// Readers of one entity.
        case flight
        /// Cache-aside without tickets.
        case naive
        /// Leases.
        case leases
        /// Leases that are taken with every lookup.
        case leasesOnRead
        /// Leases, invalidated by the plain removal of keys.
        case leasesUnlinked
        /// Leases, but what is refused is stored all the same.
        case ticketless
        /// Leases, with barriers around writes.
        case strict
        /// Leases, behind a tier in each process.
        case tiers
        /// Leases without scripts, as in any store that writes under a condition.
        case keyValue
    }

    let mode: Mode
    let cache: String
    let process: Int
    let seed: UInt64

    private func run(on store: some RelationalStore) async throws {
        let table = RegisterTable(store: store)
        switch mode {
        case .flight: break
        case .prepare:
            try await table.makeTable()
            await store.close()
        case .naive: await work(registers(table, NaiveCache(try redis())))
        case .leases, .leasesOnRead, .leasesUnlinked:
            await work(registers(table, redisCache(try redis())))
        case .ticketless:
            await work(registers(table, TicketlessCache(redisCache(try redis()))))
        case .strict:
            await work(registers(table, redisCache(try redis())).strict(), foreignWrites: false)
        case .tiers: await work(registers(table, tiers(over: try redis())))
        case .keyValue: await work(registers(table, keyValueCache(try redis())))
        }
    }

    private func fly() async throws {
        let readers = FlightReaders(
            store: try RedisStore(url: cache), process: process,
            leaseTime: .milliseconds(Int64(seed)))
        try await readers.run()
    }

    private func work<Store: RelationalStore, CacheType: Cache>(
        _ registers: CachedRepository<RegisterTable<Store>, CacheType>, foreignWrites: Bool = true
    ) async where CacheType.Key == Int, CacheType.Value == Register {
        let tasks = HistoryTasks(
            registers: registers, writer: HistoryWriter(process: process),
            hasForeignWrites: foreignWrites)
        await tasks.run(count: 4, seed: seed)
    }
}

// MARK: Caches

extension CacheHistoryWorker {
    /// With a little patience, so that processes wait for each other's loads.
    private func registers<Store: RelationalStore, CacheType: Cache>(
        _ table: RegisterTable<Store>, _ cache: CacheType
    ) -> CachedRepository<RegisterTable<Store>, CacheType>
    where CacheType.Key == Int, CacheType.Value == Register {
        var policy = CachePolicy()
        policy.patience = .milliseconds(20)
        return CachedRepository(primary: table, cache: cache, policy: policy)
    }

    private func redisCache(_ store: RedisStore) -> RedisCache<Int, JSONCodec<Register>> {
        RedisCache(
            store, namespace: "register", keys: JSONCodec<Int>(), values: JSONCodec(),
            invalidation: mode == .leasesUnlinked ? .deleting : .keepingBarriers,
            options: options)
    }

    private func keyValueCache(
        _ store: RedisStore
    ) -> KeyValueCache<Int, JSONCodec<Register>, RedisStore> {
        KeyValueCache(
            store, namespace: "register", keys: JSONCodec<Int>(), values: JSONCodec(),
            options: options)
    }

    /// A lease that is over while a process stands still.
    private var options: SharedCacheOptions {
        SharedCacheOptions(
            leaseTime: .milliseconds(100),
            lookupMode: mode == .leasesOnRead ? .leaseOnRead : .getThenLease)
    }

    private func tiers(
        over store: RedisStore
    ) -> TieredCache<InMemoryCache<Int, Register>, RedisCache<Int, JSONCodec<Register>>> {
        TieredCache(
            local: InMemoryCache(capacity: 1000), shared: redisCache(store),
            channel: PublishedInvalidations(
                store: store, channel: "registers", keys: JSONCodec<Int>()),
            bound: .milliseconds(200))
    }

    /// A store that gives up soon, so that work goes on while the server is away.
    private func redis() throws -> RedisStore {
        var configuration = RedisConfiguration()
        configuration.operationTimeout = .milliseconds(50)
        configuration.backOff = .init(initial: .milliseconds(1), maximum: .milliseconds(20))
        return try RedisStore(url: cache, configuration: configuration)
    }
}
