internal import StorageKit

extension PostgresConfiguration.ReadRoute {
    /// libpq's word for it; `nil` for what the address says.
    fileprivate var attributes: String? {
        switch self {
        case .primary: nil
        case .preferStandby: "prefer-standby"
        case .standby: "standby"
        }
    }
}

extension PostgresConfiguration {
    /// How long connections of the other route live unless it is set: so long may reading stay with
    /// the primary when a standby has come back.
    private static let readingLifetime = Duration.seconds(60)

    /// What the database is opened with that only reads, if it has a route of its own.
    func reading(at address: PostgresAddress) -> (PostgresAddress, PostgresConfiguration)? {
        guard let attributes = readRoute.attributes else { return nil }
        var configuration = self
        configuration.readRoute = .primary
        configuration.connectionLifetime = connectionLifetime ?? Self.readingLifetime
        return (address.targeting(attributes).readingOnly, configuration)
    }
}

extension PostgresAddress {
    /// The same address with sessions whose transactions refuse to write.
    fileprivate var readingOnly: PostgresAddress {
        var options = options
        options.appendSetting("default_transaction_read_only", "on")
        return PostgresAddress(options: options)
    }
}
