internal import CLibBSON
internal import CLibMongoC
internal import StorageKit
internal import StorageKitBSON

extension MongoSession {
    /// Finds a document, changes it and gives it back.
    func modify<Entity: Decodable>(
        _ call: MongoModification, _ options: Document, in namespace: MongoNamespace,
        as type: Entity.Type
    ) throws(StorageError) -> Entity? {
        var extra = options
        if let filters = call.arrayFilters { extra["arrayFilters"] = filters }
        let native = try nativeOptions(call, self.options(extra))
        defer { mongoc_find_and_modify_opts_destroy(native) }
        return try withCollection(namespace) { (collection) throws(StorageError) in
            let reply = MongoReply()
            var error = bson_error_t()
            let isDone = mongoc_collection_find_and_modify_with_opts(
                collection, call.filter.pointer, native, reply.pointer, &error)
            guard isDone else {
                throw MongoErrorMapping.ofChange(
                    MongoErrorMapping.error(error, reply: try? Document(reading: reply.pointer)))
            }
            if call.returnsNothing { return nil }
            do throws(StorageError) {
                return try BSONReading.decode(type, of: "value", from: reply.pointer)
            } catch {
                // What cannot be decoded has been changed all the same.
                throw error.changed { $0.mayHaveBeenApplied = true }
            }
        }
    }

    private func nativeOptions(
        _ call: MongoModification, _ extra: BSONBuffer
    ) throws(StorageError) -> OpaquePointer {
        guard let native = mongoc_find_and_modify_opts_new() else {
            throw StorageError(code: .internalError, message: "libmongoc gave no options")
        }
        var flags: UInt32 = 0
        if let update = call.update {
            mongoc_find_and_modify_opts_set_update(native, update.pointer)
            if call.upsert { flags |= MONGOC_FIND_AND_MODIFY_UPSERT.rawValue }
            if call.returnsNew { flags |= MONGOC_FIND_AND_MODIFY_RETURN_NEW.rawValue }
        } else {
            flags |= MONGOC_FIND_AND_MODIFY_REMOVE.rawValue
        }
        mongoc_find_and_modify_opts_set_flags(
            native, mongoc_find_and_modify_flags_t(rawValue: flags))
        if let sort = call.sort { mongoc_find_and_modify_opts_set_sort(native, sort.pointer) }
        if let fields = call.fields {
            mongoc_find_and_modify_opts_set_fields(native, fields.pointer)
        }
        mongoc_find_and_modify_opts_append(native, extra.pointer)
        return native
    }
}
