internal import StorageKit

extension SortOrder {
    /// 1 or -1.
    var mongo: DocumentValue { .int32(self == .ascending ? 1 : -1) }
}

extension [DocumentOrder] {
    /// The order as a `sort` document.
    var mongo: Document {
        Document(fields: map { DocumentField($0.path.text, $0.direction.mongo) })
    }
}

extension DocumentProjection {
    /// The projection as a `projection` document, or `nil` when everything is wanted.
    var mongo: Document? {
        switch self {
        case .all: return nil
        case .only(let paths, let id):
            var fields = paths.map { DocumentField($0.text, .int32(1)) }
            // Without a field, everything would be wanted.
            if id, paths.isEmpty { fields.append(DocumentField(DocumentPath.id.text, .int32(1))) }
            if !id { fields.append(DocumentField(DocumentPath.id.text, .int32(0))) }
            return Document(fields: fields)
        case .without(let paths):
            return Document(fields: paths.map { DocumentField($0.text, .int32(0)) })
        }
    }
}
