import StorageKit

/// Where a server listens, and what its bytes travel through.
struct RedisEndpoint: Sendable {
    enum Place: Hashable, Sendable {
        case tcp(host: String, port: Int)
        case unix(path: String)
    }

    /// Makes a channel of a connected, non-blocking socket, which it then owns, also if it throws.
    typealias MakeChannel = @Sendable (_ descriptor: Int32) throws(StorageError) -> any ByteChannel

    var place: Place
    /// TLS, or whatever else is put over the socket; `nil` for the bare socket.
    var makeChannel: MakeChannel?

    init(place: Place, makeChannel: MakeChannel? = nil) {
        self.place = place
        self.makeChannel = makeChannel
    }

    /// The server in errors: `redis 127.0.0.1:6379`.
    var description: String {
        switch place {
        case .tcp(let host, let port):
            host.contains(":") ? "redis [\(host)]:\(port)" : "redis \(host):\(port)"
        case .unix(let path): "redis \(path)"
        }
    }
}
