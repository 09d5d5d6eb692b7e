internal import StorageKit
internal import StorageKitBSON

/// A write that is encoded and ready to be sent.
enum MongoWrite: Sendable {
    case insert(BSONBuffer, id: DocumentValue)
    case replace(BSONBuffer, with: BSONBuffer, options: BSONBuffer)
    case updateOne(BSONBuffer, BSONBuffer, options: BSONBuffer)
    case updateMany(BSONBuffer, BSONBuffer, options: BSONBuffer)
    case deleteOne(BSONBuffer)
    case deleteMany(BSONBuffer)

    /// Encodes a write; a document without an identifier is given one.
    init<Entity: Encodable>(
        _ write: DocumentWrite<Entity>, _ limits: DocumentLimits,
        _ identifiers: ObjectIDGenerator
    ) throws(StorageError) {
        try write.check()
        switch write {
        case .insert(let entity):
            self = try Self.insertion(BSONBuffer(encoding: entity), limits, identifiers)
        case .replace(let filter, let entity, let upsert):
            let document = try BSONBuffer(encoding: entity)
            try limits.check(document)
            try document.checkReplacement()
            self = .replace(
                try BSONBuffer(filter.mongo), with: document,
                options: try Self.options(upsert: upsert))
        case .updateOne(let filter, let update, let upsert):
            self = .updateOne(
                try BSONBuffer(filter.mongo), try limits.checked(update),
                options: try Self.options(upsert: upsert, update.mongoArrayFilters))
        case .updateMany(let filter, let update, let upsert):
            self = .updateMany(
                try BSONBuffer(filter.mongo), try limits.checked(update),
                options: try Self.options(upsert: upsert, update.mongoArrayFilters))
        case .deleteOne(let filter):
            self = .deleteOne(try BSONBuffer(filter.mongo))
        case .deleteMany(let filter):
            self = .deleteMany(try BSONBuffer(filter.mongo))
        }
    }

    private static func insertion(
        _ document: BSONBuffer, _ limits: DocumentLimits, _ identifiers: ObjectIDGenerator
    ) throws(StorageError) -> MongoWrite {
        try limits.check(document)
        if let id = try document.identifier { return .insert(document, id: id) }
        let id = identifiers.next()
        return .insert(try document.identified(by: id), id: .objectID(id))
    }

    private static func options(
        upsert: Bool, _ arrayFilters: DocumentValue? = nil
    ) throws(StorageError) -> BSONBuffer {
        // libmongoc looks for keys that only old servers refused; the encoder has refused the rest.
        var options: Document = ["upsert": .bool(upsert), "validate": false]
        if let arrayFilters { options["arrayFilters"] = arrayFilters }
        return try BSONBuffer(options)
    }
}

extension DocumentLimits {
    /// Encodes changes, unless they are larger than any document may be.
    func checked(_ update: DocumentUpdate) throws(StorageError) -> BSONBuffer {
        let changes = try BSONBuffer(update.mongo)
        try check(changes)
        return changes
    }

    /// Refuses a document that is larger than the server takes.
    func check(_ document: BSONBuffer) throws(StorageError) {
        guard document.count > maximumDocumentBytes else { return }
        throw StorageError(
            code: .limitExceeded,
            message: "a document of \(document.count) bytes is larger than "
                + "\(maximumDocumentBytes); keep parts of it in documents of their own")
    }
}

extension BSONBuffer {
    /// Refuses a replacement that the server would take for changes, or refuse when it comes to it.
    func checkReplacement() throws(StorageError) {
        guard try hasName(beginningWith: UInt8(ascii: "$")) else { return }
        throw StorageError(
            code: .invalidArgument,
            message: "a replacement's field begins with a dollar sign; give it another name")
    }
}
