internal import StorageKit
internal import StorageKitBSON

/// A modification that is encoded and ready to be sent.
struct MongoModification: Sendable {
    let filter: BSONBuffer
    let sort: BSONBuffer?
    let fields: BSONBuffer?
    /// What is put in place of the document, or changes it; `nil` to remove it.
    let update: BSONBuffer?
    let arrayFilters: DocumentValue?
    let upsert: Bool
    let returnsNew: Bool
    /// Of a removed document there is nothing afterwards.
    let returnsNothing: Bool

    init<Entity: Encodable>(
        _ modification: DocumentModification<Entity>, _ limits: DocumentLimits
    ) throws(StorageError) {
        try modification.check()
        filter = try BSONBuffer(modification.filter.mongo)
        sort = try modification.order.isEmpty ? nil : BSONBuffer(modification.order.mongo)
        if let projection = modification.projection.mongo {
            fields = try BSONBuffer(projection)
        } else {
            fields = nil
        }
        switch modification.change {
        case .update(let changes):
            update = try limits.checked(changes)
            arrayFilters = changes.mongoArrayFilters
        case .replace(let entity):
            let document = try BSONBuffer(encoding: entity)
            try limits.check(document)
            try document.checkReplacement()
            update = document
            arrayFilters = nil
        case .delete:
            update = nil
            arrayFilters = nil
        }
        upsert = modification.upsert
        returnsNew = modification.returning == .after && update != nil
        returnsNothing = modification.returning == .after && update == nil
    }
}
