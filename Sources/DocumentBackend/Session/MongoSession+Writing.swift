internal import CLibBSON
internal import CLibMongoC
internal import StorageKit
internal import StorageKitBSON

extension MongoSession {
    /// Sends writes, message by message, and tells what they did.
    ///
    /// - Throws: When it is not known what became of each.
    func execute(
        _ writes: [MongoWrite], isOrdered: Bool, _ options: Document,
        in namespace: MongoNamespace, store: String
    ) throws(StorageError) -> DocumentWriteResult {
        var options = options
        options["ordered"] = .bool(isOrdered)
        let buffer = try self.options(options)
        return try withCollection(namespace) { (collection) throws(StorageError) in
            var result = DocumentWriteResult()
            var unconfirmed: StorageError?
            do throws(StorageError) {
                for message in writes.messages {
                    guard !interrupter.isInterrupted else { throw StorageError.cancelled() }
                    let account = try Self.execute(message, buffer, collection)
                    result.add(account, of: message, isOrdered: isOrdered, store: store)
                    unconfirmed = unconfirmed ?? MongoErrorMapping.unconfirmed(account)
                    if result.firstUntried != nil { break }
                }
            } catch {
                let isOpen = error.mayHaveBeenApplied || result.hasChanges
                throw error.changed { $0.mayHaveBeenApplied = isOpen }
            }
            if let unconfirmed, result.hasChanges { throw unconfirmed }
            // Behind the last write there is none.
            if result.firstUntried == writes.count { result.firstUntried = nil }
            return result
        }
    }

    /// Sends writes of one message, and gives libmongoc's account of them.
    private static func execute(
        _ writes: ArraySlice<MongoWrite>, _ options: BSONBuffer, _ collection: OpaquePointer
    ) throws(StorageError) -> Document {
        guard
            let bulk = mongoc_collection_create_bulk_operation_with_opts(
                collection, options.pointer)
        else { throw StorageError(code: .internalError, message: "libmongoc gave no bulk") }
        defer { mongoc_bulk_operation_destroy(bulk) }
        for write in writes { try add(write, to: bulk) }
        let reply = MongoReply()
        var error = bson_error_t()
        let server = mongoc_bulk_operation_execute(bulk, reply.pointer, &error)
        let account = try Document(reading: reply.pointer)
        guard server == 0 else { return account }
        // One message that has an answer about single writes has not failed as a whole.
        if case .array(let errors)? = account["writeErrors"], !errors.isEmpty { return account }
        if error.domain == MONGOC_ERROR_WRITE_CONCERN.rawValue { return account }
        throw MongoErrorMapping.error(error, reply: account)
    }

    private static func add(
        _ write: MongoWrite, to bulk: OpaquePointer
    ) throws(StorageError) {
        var error = bson_error_t()
        let isTaken =
            switch write {
            case .insert(let document, _):
                mongoc_bulk_operation_insert_with_opts(
                    bulk, document.pointer, unchecked.pointer, &error)
            case .replace(let filter, let document, let options):
                mongoc_bulk_operation_replace_one_with_opts(
                    bulk, filter.pointer, document.pointer, options.pointer, &error)
            case .updateOne(let filter, let update, let options):
                mongoc_bulk_operation_update_one_with_opts(
                    bulk, filter.pointer, update.pointer, options.pointer, &error)
            case .updateMany(let filter, let update, let options):
                mongoc_bulk_operation_update_many_with_opts(
                    bulk, filter.pointer, update.pointer, options.pointer, &error)
            case .deleteOne(let filter):
                mongoc_bulk_operation_remove_one_with_opts(bulk, filter.pointer, nil, &error)
            case .deleteMany(let filter):
                mongoc_bulk_operation_remove_many_with_opts(bulk, filter.pointer, nil, &error)
            }
        guard isTaken else { throw MongoErrorMapping.error(error, reply: nil) }
    }

    /// What has been encoded here need not be looked through again.
    private static let unchecked: BSONBuffer = {
        guard let options = try? BSONBuffer(["validate": false] as Document) else {
            preconditionFailure("a document of one field fits")
        }
        return options
    }()
}
