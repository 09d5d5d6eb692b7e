public import StorageKit

/// Advisory locks for the programs that share a SQLite file: an adapter, for SQLite has none.
///
/// ```swift
/// let locks = try SQLiteFileLocks(besides: database)
/// try await locks.withAdvisoryLock("nightly report", waiting: .seconds(5)) { … }
/// ```
///
/// A lock is one of the operating system (`flock`) on a file of its own, `x.db-lock-` and the key
/// in hexadecimal, beside `x.db`. So it holds between programs, between tasks of one program, and
/// between two `SQLiteDatabase` of one file, whether or not a transaction is open anywhere; and the
/// system gives it back when its holder dies, however it dies: there is no lease that could run out
/// under a slow holder, and none that has to be waited for after a crash.
///
/// * The files are empty and stay: to remove one while it is waited for would make two locks of it.
/// * Who waits looks again, every 25 milliseconds at the longest. Who comes first is left to
///   chance.
/// * All programs are on one machine, as SQLite's write-ahead log asks for as well.
public struct SQLiteFileLocks: AdvisoryLockStore {
    let path: String
    private let description: String

    /// The locks beside a database's file.
    ///
    /// Nothing is opened or made before a lock is asked for. The folder has to be there and
    /// writable.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for a database in memory, which no other
    ///   program sees.
    public init(besides database: SQLiteDatabase) throws(StorageError) {
        guard case .file(let path) = database.location else {
            throw StorageError(
                code: .invalidArgument,
                message: "a database in memory has no file beside which a lock could be; it "
                    + "belongs to one program, which can use a lock of its own",
                store: "\(database.location)")
        }
        self.path = path
        description = "\(database.location)"
    }

    /// Runs the body while holding a lock.
    ///
    /// - Parameters:
    ///   - key: The lock.
    ///   - patience: How long to wait for it; `.zero` tries once.
    ///   - body: What nobody else does meanwhile.
    /// - Returns: What the body returned.
    /// - Throws: ``StorageError/Code/busy`` when somebody else held the lock all the while,
    ///   ``StorageError/Code/unavailable`` when its file cannot be opened,
    ///   ``StorageError/Code/cancelled`` when the task was cancelled while it waited, and what the
    ///   body threw.
    public func withAdvisoryLock<Value: Sendable>(
        _ key: AdvisoryLockKey, waiting patience: Duration,
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        let lock = try await acquire(key, patience)
        defer { lock.release() }
        return try await body()
    }

    private func acquire(
        _ key: AdvisoryLockKey, _ patience: Duration
    ) async throws(StorageError) -> FileLock {
        do throws(StorageError) {
            if Task.isCancelled { throw .cancelled() }
            let lock = try await FileLock.open("\(path)-lock-\(key.hexadecimal)")
            let deadline = ContinuousClock.now + patience
            var pause = Duration.milliseconds(1)
            while try !lock.attempt() {
                guard ContinuousClock.now < deadline else { throw .lockBusy(key, after: patience) }
                try await Self.wait(min(pause, ContinuousClock.now.duration(to: deadline)))
                pause = min(pause * 2, .milliseconds(25))
            }
            return lock
        } catch {
            throw error.adding(operation: "withAdvisoryLock", store: description)
        }
    }

    private static func wait(_ pause: Duration) async throws(StorageError) {
        do { try await Task.sleep(for: pause) } catch { throw .cancelled() }
    }
}

extension AdvisoryLockKey {
    /// Its number, as sixteen hexadecimal digits.
    fileprivate var hexadecimal: String {
        let digits = String(UInt64(bitPattern: number), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
