internal import StorageKit

/// Who is told what becomes of a link; with no lock of the link's held, from any thread.
protocol LinkOwner: AnyObject, Sendable {
    /// So many exchanges that were given out to it are over.
    ///
    /// - Parameter resume: Lets their tasks go on; called when the owner has counted them, so that
    ///   a task that asks again finds the link free, and before the owner begins anything.
    func ended(_ count: Int, on link: PostgresLink, _ resume: () -> Void)

    /// It is lost, or closed; these were not sent and have a link to find.
    func lost(_ link: PostgresLink, homeless: [PostgresExchange])

    /// Notifications came on a link that hears them, on the event thread.
    func received(_ notifications: [PostgresNotification], on link: PostgresLink)
}

extension LinkOwner {
    /// Nobody listens.
    func received(_ notifications: [PostgresNotification], on link: PostgresLink) {}
}
