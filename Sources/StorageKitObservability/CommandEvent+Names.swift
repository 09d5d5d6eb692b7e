internal import StorageKit

// Source: OpenTelemetry, "Semantic conventions for database client spans" and "… metrics".
extension CommandEvent {
    /// The command and what it was for: "`{db.operation.name} {target}`".
    var spanName: String {
        guard let target = collection ?? database else { return command }
        return "\(command) \(target)"
    }

    /// The event's names, in the conventions' words.
    var dimensions: [(String, String)] {
        var all = [("db.system.name", system), ("db.operation.name", command)]
        if let database { all.append(("db.namespace", database)) }
        if let collection { all.append(("db.collection.name", collection)) }
        all.append(("server.address", server.host))
        if let port = server.port { all.append(("server.port", String(port))) }
        if let error { all.append(("error.type", error.code.rawValue)) }
        return all
    }
}
