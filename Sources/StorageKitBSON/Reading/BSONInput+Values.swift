internal import StorageKit

extension BSONInput {
    /// The fields of a document.
    func document(_ element: BSONElement, depth: Int) throws(StorageError) -> Document {
        var fields: [DocumentField] = []
        var (place, limit) = range(of: element)
        while let element = try self.element(at: place, limit: limit) {
            let name = try name(of: element)
            fields.append(DocumentField(name, try value(element, depth: depth)))
            place = element.end
        }
        return Document(fields: fields)
    }

    private func array(_ element: BSONElement, depth: Int) throws(StorageError) -> [DocumentValue] {
        var values: [DocumentValue] = []
        var (place, limit) = range(of: element)
        while let element = try self.element(at: place, limit: limit) {
            values.append(try value(element, depth: depth))
            place = element.end
        }
        return values
    }

    /// The value of an element, whose document is so deep in others.
    func value(_ element: BSONElement, depth: Int) throws(StorageError) -> DocumentValue {
        let value = element.value
        switch element.type {
        case BSONElementType.double: return .double(double(element))
        case BSONElementType.string: return .string(try text(at: value))
        case BSONElementType.document:
            return .document(try document(element, depth: deeper(depth)))
        case BSONElementType.array: return .array(try array(element, depth: deeper(depth)))
        case BSONElementType.binary: return .binary(try binary(element))
        case BSONElementType.undefined: return .undefined
        case BSONElementType.objectID: return .objectID(objectID(at: value))
        case BSONElementType.bool: return .bool(try bool(element))
        case BSONElementType.date: return .date(date(element))
        case BSONElementType.null: return .null
        case BSONElementType.regularExpression:
            return .regularExpression(try regularExpression(element))
        case BSONElementType.pointer: return .pointer(try pointer(element))
        case BSONElementType.javaScript: return .javaScript(try text(at: value))
        case BSONElementType.symbol: return .symbol(try text(at: value))
        case BSONElementType.javaScriptWithScope:
            let code = try text(at: value + 4)
            let scope = BSONElement(
                type: BSONElementType.document, key: 0,
                value: Int(value + 8 + load(Int32.self, at: value + 4)), end: Int(element.end))
            return .javaScriptWithScope(code, try document(scope, depth: deeper(depth)))
        case BSONElementType.int32: return .int32(load(Int32.self, at: value))
        case BSONElementType.timestamp: return .timestamp(timestamp(element))
        case BSONElementType.int64: return .int64(load(Int64.self, at: value))
        case BSONElementType.decimal128: return .decimal128(decimal(element))
        case BSONElementType.minKey: return .minKey
        case BSONElementType.maxKey: return .maxKey
        default: throw Self.damaged("a value's type is unknown")
        }
    }

    /// The depth of what is in a document of a depth.
    func deeper(_ depth: Int) throws(StorageError) -> Int {
        guard depth < BSONLimits.depth else { throw BSONLimits.tooDeep }
        return depth + 1
    }
}

// MARK: Values of one type, of elements that have it

extension BSONInput {
    @inline(__always)
    func double(_ element: BSONElement) -> Double {
        Double(bitPattern: load(UInt64.self, at: element.value))
    }

    @inline(__always)
    func bool(_ element: BSONElement) throws(StorageError) -> Bool {
        switch load(UInt8.self, at: element.value) {
        case 0: return false
        case 1: return true
        default: throw Self.damaged("a boolean is neither true nor false")
        }
    }

    @inline(__always)
    func date(_ element: BSONElement) -> DocumentDate {
        DocumentDate(millisecondsSince1970: load(Int64.self, at: element.value))
    }

    func timestamp(_ element: BSONElement) -> DocumentTimestamp {
        DocumentTimestamp(
            seconds: load(UInt32.self, at: element.value + 4),
            increment: load(UInt32.self, at: element.value))
    }

    func decimal(_ element: BSONElement) -> Decimal128 {
        Decimal128(
            high: load(UInt64.self, at: element.value + 8),
            low: load(UInt64.self, at: element.value))
    }

    @inline(__always)
    func objectID(at place: Int32) -> ObjectID {
        ObjectID(
            high: UInt64(
                bigEndian: start.loadUnaligned(fromByteOffset: Int(place), as: UInt64.self)),
            low: UInt32(
                bigEndian: start.loadUnaligned(fromByteOffset: Int(place) + 8, as: UInt32.self)))
    }

    func binary(_ element: BSONElement) throws(StorageError) -> DocumentBinary {
        var first = element.value + 5
        let subtype = DocumentBinary.Subtype(rawValue: load(UInt8.self, at: element.value + 4))
        if subtype == .genericOld {
            // Its length stands there twice.
            guard element.end - first >= 4, load(Int32.self, at: first) == element.end - first - 4
            else { throw Self.damaged("the length of binary data is wrong") }
            first += 4
        }
        let bytes = UnsafeRawBufferPointer(
            start: start + Int(first), count: Int(element.end - first))
        return DocumentBinary(Array(bytes), subtype: subtype)
    }

    func regularExpression(
        _ element: BSONElement
    ) throws(StorageError) -> DocumentRegularExpression {
        var zero = element.value
        while load(UInt8.self, at: zero) != 0 { zero += 1 }
        return DocumentRegularExpression(
            try text(from: element.value, to: zero),
            options: try text(from: zero + 1, to: element.end - 1))
    }

    func pointer(_ element: BSONElement) throws(StorageError) -> DocumentPointer {
        DocumentPointer(
            collection: try text(at: element.value), id: objectID(at: element.end - 12))
    }
}
