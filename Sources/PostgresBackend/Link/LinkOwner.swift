internal import StorageKit

/// Who is told what becomes of a link; with no lock of the link's held, from any thread.
protocol LinkOwner: AnyObject, Sendable {
    /// So many exchanges that were given out to it are over.
    func ended(_ count: Int, on link: PostgresLink)

    /// It is lost, or closed; these were not sent and have a link to find.
    func lost(_ link: PostgresLink, homeless: [PostgresExchange])

    /// Notifications came on a link that hears them, on the event thread.
    func received(_ notifications: [PostgresNotification], on link: PostgresLink)
}

extension LinkOwner {
    /// Nobody listens.
    func received(_ notifications: [PostgresNotification], on link: PostgresLink) {}
}
