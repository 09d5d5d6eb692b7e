internal import StorageKit
internal import Synchronization

extension RedisConfiguration {
    /// The same configuration for the server of an address.
    func addressed(to address: RedisAddress) -> RedisConfiguration {
        var configuration = self
        configuration.username = address.credentials?.username
        configuration.password = address.credentials?.password
        configuration.database = address.database
        switch address.endpoint {
        case .tcp(let host, let port):
            configuration.endpoint = RedisEndpoint(place: .tcp(host: host, port: port))
        case .unix(let path):
            configuration.endpoint = RedisEndpoint(place: .unix(path: path))
        case .tls(let host, let port):
            let shared = SharedTLSContext(tls)
            configuration.endpoint = RedisEndpoint(place: .tcp(host: host, port: port)) {
                descriptor throws(StorageError) in
                let context = try shared.context(orClose: descriptor)
                return try TLSChannel(descriptor: descriptor, host: host, context: context)
            }
        }
        return configuration
    }
}

/// What the TLS connections of one store share, made with the first of them: nothing is read from
/// the disk before.
private final class SharedTLSContext: Sendable {
    private let options: RedisTLSOptions
    private let made = Mutex<TLSContext?>(nil)

    init(_ options: RedisTLSOptions) { self.options = options }

    func context(orClose descriptor: Int32) throws(StorageError) -> TLSContext {
        do throws(StorageError) {
            return try made.withLock { made throws(StorageError) in
                if let context = made { return context }
                let context = try TLSContext(options)
                made = context
                return context
            }
        } catch {
            // Whoever makes a channel owns the socket, also when it fails.
            SocketChannel(descriptor: descriptor).close()
            throw error
        }
    }
}
