internal import CLibBSON
internal import CLibMongoC
internal import StorageKit
internal import StorageKitBSON

/// A connection string that libmongoc has understood: the owner of a `mongoc_uri_t`.
///
/// It is changed by the one who makes it and only read from then on.
final class MongoConnectionString: @unchecked Sendable {
    let pointer: OpaquePointer

    /// - Throws: ``StorageError/Code/invalidArgument`` with what libmongoc says of it.
    init(_ text: String) throws(StorageError) {
        _ = MongoLibrary.isReady
        var error = bson_error_t()
        guard let pointer = mongoc_uri_new_with_error(text, &error) else {
            throw StorageError(
                code: .invalidArgument,
                message: "the connection string is not one of MongoDB's: "
                    + MongoErrorText.text(of: error).withoutQuotations,
                operation: "open", store: "mongodb")
        }
        self.pointer = pointer
    }

    deinit { mongoc_uri_destroy(pointer) }

    /// The servers and the database, without user and password.
    func description(database: String) -> String {
        var hosts: [String] = []
        var host = mongoc_uri_get_hosts(pointer)
        while let current = host {
            hosts.append(
                withUnsafePointer(to: current.pointee.host_and_port) {
                    $0.withMemoryRebound(
                        to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)
                    ) { String(cString: $0) }
                })
            host = UnsafePointer(current.pointee.next)
        }
        return "mongodb \(hosts.joined(separator: ","))/\(database)"
    }

    /// Whether the string has this option, whose name is in small letters.
    func has(_ option: String) -> Bool {
        guard let options = mongoc_uri_get_options(pointer),
            let document = try? Document(reading: options)
        else { return false }
        return document.fields.contains { $0.name.lowercased() == option }
    }

    /// The database that the string names, or `nil`.
    var database: String? { mongoc_uri_get_database(pointer).map { String(cString: $0) } }

    /// Sets an option that the string does not have.
    func setDefault(_ option: String, to time: Duration) {
        if !has(option) { set(option, to: time) }
    }

    /// Sets an option, whatever the string has.
    func set(_ option: String, to time: Duration) {
        mongoc_uri_set_option_as_int32(pointer, option, time.mongoMilliseconds)
    }
}

extension Duration {
    /// Whole milliseconds, at least one and no more than libmongoc takes.
    var mongoMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        let (product, overflows) = seconds.multipliedReportingOverflow(by: 1_000)
        guard !overflows else { return seconds < 0 ? 1 : .max }
        return Int32(clamping: max(1, product + attoseconds / 1_000_000_000_000_000))
    }
}

extension String {
    /// The text without what stands between quotation marks in it, which may be a password.
    fileprivate var withoutQuotations: String {
        let parts = split(omittingEmptySubsequences: false) { $0 == "\"" || $0 == "'" }
        // An odd number of marks: nobody knows what is between them.
        guard parts.count % 2 == 1 else { return String(parts[0]) + "…" }
        return parts.enumerated().map { $0.offset % 2 == 0 ? String($0.element) : "…" }.joined()
    }
}
