internal import StorageKit

extension DocumentWriteResult {
    /// Adds libmongoc's account of some writes of the call.
    mutating func add(
        _ account: Document, of writes: ArraySlice<MongoWrite>, isOrdered: Bool, store: String
    ) {
        inserted += account.number("nInserted")
        matched += account.number("nMatched")
        modified += account.number("nModified")
        deleted += account.number("nRemoved")
        for error in account.documents("writeErrors") {
            guard let place = error.place(in: writes) else { continue }
            let isMany = writes[place].isMany
            errors[place] = MongoErrorMapping.serverError(error, text: nil)
                .map(MongoErrorMapping.ofChange)?
                .changed { $0.mayHaveBeenApplied = isMany }
                .adding(operation: "write", store: store)
        }
        if isOrdered, let place = errors.keys.min() { firstUntried = place + 1 }
        for upserted in account.documents("upserted") {
            guard let place = upserted.place(in: writes) else { continue }
            upsertedIDs[place] = upserted[DocumentPath.id.text]
        }
        for place in writes.indices {
            guard case .insert(_, let id) = writes[place], errors[place] == nil else { continue }
            if let firstUntried, place >= firstUntried { break }
            insertedIDs[place] = id
        }
    }

    /// Whether it tells of documents that were changed, or may have been.
    var hasChanges: Bool {
        inserted + modified + deleted > 0 || !upsertedIDs.isEmpty
            || errors.values.contains(where: \.mayHaveBeenApplied)
    }
}

extension Document {
    fileprivate func number(_ name: String) -> Int { self[name]?.wholeNumber ?? 0 }

    /// The place of the write that a part of an account is about.
    fileprivate func place(in writes: ArraySlice<MongoWrite>) -> Int? {
        guard let index = self["index"]?.wholeNumber else { return nil }
        let place = writes.startIndex + index
        return writes.indices.contains(place) ? place : nil
    }

    fileprivate func documents(_ name: String) -> [Document] {
        guard case .array(let values)? = self[name] else { return [] }
        return values.compactMap {
            if case .document(let document) = $0 { document } else { nil }
        }
    }
}
