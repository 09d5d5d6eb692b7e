internal import CLibBSON
internal import CLibMongoC
internal import StorageKit
internal import StorageKitBSON

extension MongoSession {
    /// Sends writes together, and gives libmongoc's account of them.
    ///
    /// - Throws: When it is not known what became of each.
    func execute(
        _ writes: [MongoWrite], _ options: Document, in namespace: MongoNamespace
    ) throws(StorageError) -> Document {
        let options = try self.options(options)
        return try withCollection(namespace) { (collection) throws(StorageError) in
            guard
                let bulk = mongoc_collection_create_bulk_operation_with_opts(
                    collection, options.pointer)
            else { throw StorageError(code: .internalError, message: "libmongoc gave no bulk") }
            defer { mongoc_bulk_operation_destroy(bulk) }
            for write in writes { try Self.add(write, to: bulk) }
            return try Self.execute(bulk)
        }
    }

    private static func execute(_ bulk: OpaquePointer) throws(StorageError) -> Document {
        let reply = MongoReply()
        var error = bson_error_t()
        let server = mongoc_bulk_operation_execute(bulk, reply.pointer, &error)
        let account = try Document(reading: reply.pointer)
        guard server == 0 else { return account }
        // Refused writes are told by their place; with anything else, nothing is known of them.
        if case .array(let errors)? = account["writeErrors"], !errors.isEmpty,
            error.domain != MONGOC_ERROR_STREAM.rawValue
        {
            return account
        }
        throw MongoErrorMapping.error(error, reply: account.concernError ?? account)
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

extension Document {
    /// The first error of a write concern in an account of writes.
    fileprivate var concernError: Document? {
        guard case .array(let errors)? = self["writeConcernErrors"],
            case .document(let error)? = errors.first
        else { return nil }
        return error
    }
}
