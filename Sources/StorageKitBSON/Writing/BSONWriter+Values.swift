#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import StorageKit

extension BSONWriter {
    /// Writes what stands behind an element's name, and its type.
    @inline(__always)
    func put(_ value: some BSONScalar, at typePlace: Int) throws(StorageError) {
        setType(value.bsonType, at: typePlace)
        try output.reserve(value.bsonSize)
        value.append(to: output)
    }

    /// Writes any value behind the name of an element.
    ///
    /// When the value throws, nothing of it is left: its container may be used further.
    @inline(__always)
    func putAny<Value: Encodable>(_ value: Value, at typePlace: Int) throws {
        let mark = mark
        do {
            if try !putKnown(value, at: typePlace) { try encode(value, at: typePlace) }
        } catch {
            abandon(backTo: mark)
            output.count = typePlace
            abandonIndex()
            throw error
        }
    }

    /// A number that is stored as a 64-bit integer.
    func fitting(
        _ number: some FixedWidthInteger, _ key: (some CodingKey)? = BSONKey?.none
    ) throws(StorageError) -> Int64 {
        guard let fitting = Int64(exactly: number) else {
            let key = key.map { [BSONKey(stringValue: $0.stringValue)] } ?? []
            throw failed("the number is greater than a 64-bit integer", path + key)
        }
        return fitting
    }

    /// Writes a value of a type that BSON has, or that its `Codable` form would take longer for.
    ///
    /// - Returns: Whether it was one.
    func putKnown<Value: Encodable>(_ value: Value, at typePlace: Int) throws(StorageError) -> Bool
    {
        if let text = known(value, as: String.self) {
            try put(text, at: typePlace)
        } else if let number = known(value, as: Int.self) {
            try put(Int64(number), at: typePlace)
        } else if let number = known(value, as: Double.self) {
            try put(number, at: typePlace)
        } else if let flag = known(value, as: Bool.self) {
            try put(flag, at: typePlace)
        } else if let date = known(value, as: Date.self) {
            try put(DocumentDate(date), at: typePlace)
        } else if let id = known(value, as: ObjectID.self) {
            try put(id, at: typePlace)
        } else if let id = known(value, as: UUID.self) {
            try put(id, at: typePlace)
        } else if let texts = known(value, as: [String].self) {
            try put(texts, at: typePlace)
        } else {
            return try putRare(value, at: typePlace)
        }
        return true
    }

    private func putRare<Value: Encodable>(
        _ value: Value, at typePlace: Int
    ) throws(StorageError) -> Bool {
        if let data = known(value, as: Data.self) {
            try put(DocumentBinary(Array(data)), at: typePlace)
        } else if let number = known(value, as: Decimal.self) {
            try put(number, at: typePlace)
        } else if let document = known(value, as: Document.self) {
            try put(document, at: typePlace)
        } else if let value = known(value, as: DocumentValue.self) {
            try put(value, at: typePlace)
        } else if let date = known(value, as: DocumentDate.self) {
            try put(date, at: typePlace)
        } else if let binary = known(value, as: DocumentBinary.self) {
            try put(binary, at: typePlace)
        } else if let number = known(value, as: Decimal128.self) {
            try put(number, at: typePlace)
        } else if let timestamp = known(value, as: DocumentTimestamp.self) {
            try put(timestamp, at: typePlace)
        } else if let pattern = known(value, as: DocumentRegularExpression.self) {
            try put(checked: pattern, at: typePlace)
        } else if let pointer = known(value, as: DocumentPointer.self) {
            try put(pointer, at: typePlace)
        } else {
            return false
        }
        return true
    }

    /// The value, if it is of a type: a comparison of two pointers, where a cast would search.
    @inline(__always)
    private func known<Value, Known>(_ value: Value, as type: Known.Type) -> Known? {
        // Safe: the two types are one.
        Value.self == Known.self ? unsafeBitCast(value, to: Known.self) : nil
    }

    private func put(_ id: UUID, at typePlace: Int) throws(StorageError) {
        setType(BSONElementType.binary, at: typePlace)
        try output.reserve(21)
        output.append(unchecked: 16 as Int32)
        output.append(unchecked: DocumentBinary.Subtype.uuid.rawValue)
        withUnsafeBytes(of: id.uuid) { output.append(unchecked: $0) }
    }

    private func put(_ texts: [String], at typePlace: Int) throws(StorageError) {
        try nest(BSONElementType.array, at: typePlace) { () throws(StorageError) in
            for text in texts { try put(text, at: beginNext(BSONElementType.string)) }
        }
    }

    private func put(_ number: Decimal, at typePlace: Int) throws(StorageError) {
        guard let exact = Decimal128(exactly: number) else {
            throw failed("a decimal of BSON has at most 34 digits")
        }
        try put(exact, at: typePlace)
    }
}

// MARK: Documents

extension BSONWriter {
    /// Writes a document behind an element's name.
    func put(_ document: Document, at typePlace: Int) throws(StorageError) {
        try nest(BSONElementType.document, at: typePlace) { () throws(StorageError) in
            try putFields(of: document)
        }
    }

    /// Writes a document's fields into the document that is open.
    func putFields(of document: Document) throws(StorageError) {
        for field in document.fields {
            try put(field.value, at: begin(field.name, BSONElementType.unknown))
        }
    }

    /// Writes any value behind an element's name.
    func put(_ value: DocumentValue, at typePlace: Int) throws(StorageError) {
        switch value {
        case .double(let number): try put(number, at: typePlace)
        case .string(let text): try put(text, at: typePlace)
        case .document(let document): try put(document, at: typePlace)
        case .array(let values): try put(values, at: typePlace)
        case .binary(let binary): try put(binary, at: typePlace)
        case .undefined: try put(bare: BSONElementType.undefined, at: typePlace)
        case .objectID(let id): try put(id, at: typePlace)
        case .bool(let flag): try put(flag, at: typePlace)
        case .date(let date): try put(date, at: typePlace)
        case .null: try put(bare: BSONElementType.null, at: typePlace)
        case .regularExpression(let pattern): try put(checked: pattern, at: typePlace)
        case .pointer(let pointer): try put(pointer, at: typePlace)
        case .javaScript(let code): try put(code, as: BSONElementType.javaScript, at: typePlace)
        case .symbol(let name): try put(name, as: BSONElementType.symbol, at: typePlace)
        case .javaScriptWithScope(let code, let scope): try put(code, scope, at: typePlace)
        case .int32(let number): try put(number, at: typePlace)
        case .timestamp(let timestamp): try put(timestamp, at: typePlace)
        case .int64(let number): try put(number, at: typePlace)
        case .decimal128(let number): try put(number, at: typePlace)
        case .minKey: try put(bare: BSONElementType.minKey, at: typePlace)
        case .maxKey: try put(bare: BSONElementType.maxKey, at: typePlace)
        }
    }

    private func put(_ values: [DocumentValue], at typePlace: Int) throws(StorageError) {
        try nest(BSONElementType.array, at: typePlace) { () throws(StorageError) in
            for value in values { try put(value, at: beginNext(BSONElementType.unknown)) }
        }
    }

    private func put(bare type: UInt8, at typePlace: Int) throws(StorageError) {
        try put(BSONBareType(bsonType: type), at: typePlace)
    }

    private func put(
        checked pattern: DocumentRegularExpression, at typePlace: Int
    ) throws(StorageError) {
        guard !pattern.pattern.utf8.contains(0), !pattern.options.utf8.contains(0) else {
            throw failed("a pattern of BSON has no zero in it")
        }
        try put(pattern, at: typePlace)
    }

    private func put(_ text: String, as type: UInt8, at typePlace: Int) throws(StorageError) {
        try put(text, at: typePlace)
        setType(type, at: typePlace)
    }

    private func put(_ code: String, _ scope: Document, at typePlace: Int) throws(StorageError) {
        setType(BSONElementType.javaScriptWithScope, at: typePlace)
        try output.reserve(code.bsonSize + 4)
        let start = output.count
        output.append(unchecked: 0 as Int32)
        code.append(to: output)
        try nest(BSONElementType.document, at: typePlace) { () throws(StorageError) in
            try putFields(of: scope)
        }
        setType(BSONElementType.javaScriptWithScope, at: typePlace)
        guard let length = Int32(exactly: output.count - start) else { throw BSONLimits.tooLarge }
        output.put(length, at: start)
    }
}
