internal import StorageKit

extension DocumentWriteResult {
    /// What libmongoc's account says of the writes.
    init(_ account: Document, of writes: [MongoWrite], isOrdered: Bool, store: String) {
        self.init()
        inserted = account.number("nInserted")
        matched = account.number("nMatched")
        modified = account.number("nModified")
        deleted = account.number("nRemoved")
        for error in account.documents("writeErrors") {
            guard let place = error["index"]?.wholeNumber else { continue }
            errors[place] = MongoErrorMapping.serverError(error, text: nil)
                .map(MongoErrorMapping.ofChange)?
                .adding(operation: "write", store: store)
        }
        if isOrdered, let place = errors.keys.min() { firstUntried = place + 1 }
        for upserted in account.documents("upserted") {
            guard let place = upserted["index"]?.wholeNumber else { continue }
            upsertedIDs[place] = upserted[DocumentPath.id.text]
        }
        for (place, write) in writes.enumerated() {
            guard case .insert(_, let id) = write, errors[place] == nil else { continue }
            if let firstUntried, place >= firstUntried { break }
            insertedIDs[place] = id
        }
    }
}

extension Document {
    fileprivate func number(_ name: String) -> Int { self[name]?.wholeNumber ?? 0 }

    fileprivate func documents(_ name: String) -> [Document] {
        guard case .array(let values)? = self[name] else { return [] }
        return values.compactMap {
            if case .document(let document) = $0 { document } else { nil }
        }
    }
}
