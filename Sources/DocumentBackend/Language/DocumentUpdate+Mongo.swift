internal import StorageKit

extension DocumentUpdate {
    /// The update as MongoDB's update operators write it: the changes of one operator together, in
    /// the order in which operators come first.
    ///
    /// Source: MongoDB's manual, "Update Operators".
    var mongo: Document {
        var operators = Document()
        for change in changes {
            let (name, field) = change.mongo
            guard case .document(var fields)? = operators[name] else {
                operators[name] = .document(Document(fields: [field]))
                continue
            }
            fields.fields.append(field)
            operators[name] = .document(fields)
        }
        return operators
    }

    /// The update's array filters, or `nil` when it has none.
    var mongoArrayFilters: DocumentValue? {
        arrayFilters.isEmpty ? nil : .array(arrayFilters.map { .document($0.mongo) })
    }
}

extension DocumentChange {
    /// The operator's name, and the field with its operand.
    fileprivate var mongo: (String, DocumentField) {
        switch self {
        case .set(let path, let value): ("$set", DocumentField(path.text, value))
        case .setOnInsert(let path, let value): ("$setOnInsert", DocumentField(path.text, value))
        case .unset(let path): ("$unset", DocumentField(path.text, ""))
        case .increment(let path, let amount): ("$inc", DocumentField(path.text, amount))
        case .multiply(let path, let factor): ("$mul", DocumentField(path.text, factor))
        case .lower(let path, let value): ("$min", DocumentField(path.text, value))
        case .raise(let path, let value): ("$max", DocumentField(path.text, value))
        case .rename(let path, let other):
            ("$rename", DocumentField(path.text, .string(other.text)))
        case .push(let path, let push):
            ("$push", DocumentField(path.text, .document(push.mongo)))
        case .addToSet(let path, let values):
            ("$addToSet", DocumentField(path.text, ["$each": .array(values)]))
        case .pull(let path, let pull): pull.mongo(path)
        case .pop(let path, let end):
            ("$pop", DocumentField(path.text, .int32(end == .first ? -1 : 1)))
        case .currentDate(let path):
            ("$currentDate", DocumentField(path.text, ["$type": "date"]))
        case .currentTimestamp(let path):
            ("$currentDate", DocumentField(path.text, ["$type": "timestamp"]))
        }
    }
}

extension DocumentPush {
    fileprivate var mongo: Document {
        var push: Document = ["$each": .array(values)]
        if let position { push["$position"] = .int64(Int64(position)) }
        switch sorting {
        case .byValue(let direction): push["$sort"] = direction.mongo
        case .byFields(let order): push["$sort"] = .document(order.mongo)
        case nil: break
        }
        if let slice { push["$slice"] = .int64(Int64(slice)) }
        return push
    }
}

extension DocumentPull {
    fileprivate func mongo(_ path: DocumentPath) -> (String, DocumentField) {
        switch self {
        case .values(let values): ("$pullAll", DocumentField(path.text, .array(values)))
        case .matching(let predicate):
            ("$pull", DocumentField(path.text, .document(predicate.mongoOfElements)))
        case .elements(let filter):
            ("$pull", DocumentField(path.text, .document(filter.mongo)))
        }
    }
}

extension DocumentPredicate {
    /// What an element has to be like to be pulled.
    ///
    /// `$pull` takes a document that does not begin with one of some operators for a value, so one
    /// of them is put first.
    fileprivate var mongoOfElements: Document {
        Document(fields: [DocumentField("$exists", true)] + mongo.fields)
    }
}
