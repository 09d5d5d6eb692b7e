extension DocumentWrite {
    /// Refuses a write whose filter or update can never be right.
    ///
    /// - Throws: `invalidArgument`.
    package func check() throws(StorageError) {
        switch self {
        case .insert: break
        case .replace(let filter, _, _), .deleteOne(let filter), .deleteMany(let filter):
            try filter.check()
        case .updateOne(let filter, let update, _), .updateMany(let filter, let update, _):
            try filter.check()
            try update.check()
        }
    }
}

extension DocumentModification {
    /// Refuses a modification that can never be right.
    ///
    /// - Throws: `invalidArgument`.
    package func check() throws(StorageError) {
        try DocumentQuery(filter, order: order, projection: projection).check()
        switch change {
        case .update(let update): try update.check()
        case .replace: break
        case .delete:
            if upsert { throw .invalidDocumentArgument("a removal has nothing to insert") }
        }
    }
}
