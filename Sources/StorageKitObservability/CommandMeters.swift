internal import Metrics
internal import StorageKit
internal import Synchronization

/// The timers of commands, made when a command of a kind first comes, and kept.
///
/// There are as many kinds as commands, collections, servers and codes of errors together: names
/// from the program, none from its data.
final class CommandMeters: Sendable {
    private struct Kind: Hashable {
        let system: String
        let command: String
        let database: String?
        let collection: String?
        let server: ServerAddress
        let code: StorageError.Code?

        init(_ event: CommandEvent) {
            system = event.system
            command = event.command
            database = event.database
            collection = event.collection
            server = event.server
            code = event.error?.code
        }
    }

    private struct Meters {
        let time: Timer
        let size: Recorder
    }

    private let factory: any MetricsFactory
    private let meters = Mutex<[Kind: Meters]>([:])

    init(factory: any MetricsFactory) { self.factory = factory }

    func record(_ event: CommandEvent) {
        let meters = meters(for: event)
        meters.time.record(duration: event.duration)
        if let bytes = event.replyBytes { meters.size.record(bytes) }
    }

    private func meters(for event: CommandEvent) -> Meters {
        let kind = Kind(event)
        if let known = meters.withLock({ $0[kind] }) { return known }
        // The factory is foreign code, so it is asked while nobody waits for the lock. Two that
        // come at once make a meter each, of the same name, which is one to the factory.
        let made = Meters(
            time: Timer(
                label: "db.client.operation.duration", dimensions: event.dimensions,
                factory: factory),
            size: Recorder(
                label: "db.client.response.size", dimensions: event.dimensions, aggregate: true,
                factory: factory))
        meters.withLock { $0[kind] = made }
        return made
    }
}
