/// Where a server is reached.
public struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
    /// Its name, its number, or the path of its socket.
    public var host: String
    /// Its port; `nil` for a socket in the file system.
    public var port: Int?

    /// Creates an address.
    public init(host: String, port: Int? = nil) {
        self.host = host
        self.port = port
    }

    /// Host and port, with a colon between.
    public var description: String { port.map { "\(host):\($0)" } ?? host }
}
