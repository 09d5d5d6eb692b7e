internal import StorageKit

/// What a pool is told.
struct PoolSettings: Sendable {
    var limits: PoolState<PostgresPool.Waiter>.Limits
    /// What connections are opened with.
    var options: ConnectionOptions
    /// How long one may take to open.
    var connectTimeout: Duration
    /// How long calls wait for one.
    var patience: Duration
    var link: LinkSettings
}
