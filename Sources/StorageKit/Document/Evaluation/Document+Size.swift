extension Document {
    /// How many bytes the document takes as BSON.
    package var encodedSize: Int {
        fields.reduce(5) { $0 + 2 + $1.name.utf8.count + $1.value.encodedSize }
    }

    /// How many documents and arrays deep it is; one without any in it is 1 deep.
    package var depth: Int { 1 + (fields.map(\.value.innerDepth).max() ?? 0) }

    /// Refuses a document that is beyond the limits.
    package func check(_ limits: DocumentLimits) throws(StorageError) {
        guard depth <= limits.maximumDepth else {
            throw StorageError(
                code: .limitExceeded,
                message: "the document is more than \(limits.maximumDepth) documents deep")
        }
        guard encodedSize <= limits.maximumDocumentBytes else {
            throw StorageError(
                code: .limitExceeded,
                message: "the document has more than \(limits.maximumDocumentBytes) bytes")
        }
    }
}

extension DocumentValue {
    fileprivate var encodedSize: Int {
        switch self {
        case .undefined, .null, .minKey, .maxKey: 0
        case .bool: 1
        case .int32: 4
        case .double, .date, .timestamp, .int64: 8
        case .objectID: 12
        case .decimal128: 16
        case .string(let text), .javaScript(let text), .symbol(let text): text.utf8.count + 5
        case .document(let document): document.encodedSize
        case .array(let values):
            values.enumerated().reduce(5) {
                $0 + 2 + $1.offset.description.utf8.count + $1.element.encodedSize
            }
        case .binary(let binary): binary.bytes.count + (binary.subtype == .genericOld ? 9 : 5)
        case .regularExpression(let expression):
            expression.pattern.utf8.count + expression.options.utf8.count + 2
        case .pointer(let pointer): pointer.collection.utf8.count + 17
        case .javaScriptWithScope(let text, let scope): text.utf8.count + 9 + scope.encodedSize
        }
    }

    fileprivate var innerDepth: Int {
        switch self {
        case .document(let document), .javaScriptWithScope(_, let document): document.depth
        case .array(let values): 1 + (values.map(\.innerDepth).max() ?? 0)
        default: 0
        }
    }
}
