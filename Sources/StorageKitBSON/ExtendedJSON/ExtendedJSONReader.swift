internal import StorageKit

/// Makes values of JSON: an object with the name of a type is a value of the type.
struct ExtendedJSONReader {
    private var path: [String] = []
    private var depth = 0

    typealias Members = [JSONMember]

    /// The value that a JSON value means.
    mutating func value(_ text: JSONText) throws(StorageError) -> DocumentValue {
        switch text {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .number(let digits): return try number(digits)
        case .string(let text): return .string(text)
        case .array(let values): return .array(try array(values))
        case .object(let members):
            guard let name = members.first(where: { Self.types[$0.name] != nil })?.name,
                let read = Self.types[name]
            else { return .document(try document(members)) }
            guard let value = try read(&self, members) else { throw refused(name) }
            return value
        }
    }

    private mutating func array(_ texts: [JSONText]) throws(StorageError) -> [DocumentValue] {
        try enter()
        var values: [DocumentValue] = []
        for (index, text) in texts.enumerated() {
            path.append(String(index))
            values.append(try value(text))
            path.removeLast()
        }
        depth -= 1
        return values
    }

    private mutating func document(_ members: Members) throws(StorageError) -> Document {
        try enter()
        var fields: [DocumentField] = []
        for member in members {
            guard !member.name.utf8.contains(0) else { throw refused("a name") }
            path.append(member.name)
            fields.append(DocumentField(member.name, try value(member.value)))
            path.removeLast()
        }
        depth -= 1
        return Document(fields: fields)
    }

    private mutating func enter() throws(StorageError) {
        guard depth < BSONLimits.depth else { throw BSONLimits.tooDeep }
        depth += 1
    }

    private func number(_ digits: String) throws(StorageError) -> DocumentValue {
        if let number = Int32(digits) { return .int32(number) }
        if let number = Int64(digits) { return .int64(number) }
        guard let number = Double(digits), number.isFinite else { throw refused("a number") }
        return .double(number)
    }

    private func refused(_ what: String) -> StorageError {
        let place = path.isEmpty ? "" : "at \(path.joined(separator: ".")): "
        return StorageError(
            code: .invalidArgument, message: "\(place)\(what) is not as Extended JSON has it")
    }
}

// MARK: Types

extension ExtendedJSONReader {
    /// Reads an object that has the name of a type; `nil` when it is not of the type's form.
    private typealias Reading =
        @Sendable (
            inout ExtendedJSONReader, Members
        ) throws(StorageError) -> DocumentValue?

    private static let types: [String: Reading] = [
        "$oid": text { ObjectID($0).map(DocumentValue.objectID) },
        "$symbol": text(DocumentValue.symbol),
        "$numberInt": text { text in
            isWhole(text) ? Int32(text).map(DocumentValue.int32) : nil
        },
        "$numberLong": text { text in
            isWhole(text) ? Int64(text).map(DocumentValue.int64) : nil
        },
        "$numberDouble": text { double($0).map(DocumentValue.double) },
        "$numberDecimal": text { Decimal128($0).map(DocumentValue.decimal128) },
        "$binary": binary,
        "$uuid": text(uuid),
        "$code": code,
        "$scope": { _, members throws(StorageError) in nil },
        "$timestamp": timestamp,
        "$regularExpression": regularExpression,
        "$dbPointer": pointer,
        "$date": date,
        "$minKey": one(.minKey),
        "$maxKey": one(.maxKey),
        "$undefined": { _, members throws(StorageError) in
            guard members.count == 1, case .bool(true) = members[0].value else { return nil }
            return .undefined
        },
    ]

    /// A type whose only member is a text.
    private static func text(
        _ make: @escaping @Sendable (String) -> DocumentValue?
    ) -> Reading {
        { _, members throws(StorageError) in
            guard members.count == 1, case .string(let text) = members[0].value else { return nil }
            return make(text)
        }
    }

    private static func one(_ value: DocumentValue) -> Reading {
        { _, members throws(StorageError) in
            guard members.count == 1, case .number("1") = members[0].value else { return nil }
            return value
        }
    }

    /// The members of the object that is the only member, when they are these.
    private static func parts(
        _ members: Members, _ first: String, _ second: String
    ) -> (first: JSONText, second: JSONText)? {
        guard members.count == 1, case .object(let inner) = members[0].value, inner.count == 2,
            let left = inner.first(where: { $0.name == first }),
            let right = inner.first(where: { $0.name == second })
        else { return nil }
        return (left.value, right.value)
    }

    private static func isWhole(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 != UInt8(ascii: "+") }
    }

    private static func double(_ text: String) -> Double? {
        switch text {
        case "Infinity": return .infinity
        case "-Infinity": return -.infinity
        case "NaN": return .nan
        default:
            // Swift reads hexadecimal digits and words as well.
            let letters = "0123456789+-.eE".utf8
            guard !text.isEmpty, text.utf8.allSatisfy(letters.contains) else { return nil }
            return Double(text).flatMap { $0.isFinite ? $0 : nil }
        }
    }

    private static let binary: Reading = { reader, members throws(StorageError) in
        // The specification's corpus has it as a document: a text alone is of no version's form.
        if members.count == 1, case .string = members[0].value {
            return .document(try reader.document(members))
        }
        guard let parts = parts(members, "base64", "subType"), case .string(let text) = parts.first,
            case .string(let digits) = parts.second, (1...2).contains(digits.utf8.count),
            digits.allSatisfy(\.isHexDigit), let subtype = UInt8(digits, radix: 16),
            let bytes = Base64.bytes(of: text)
        else { return nil }
        return .binary(
            DocumentBinary(bytes, subtype: DocumentBinary.Subtype(rawValue: subtype)))
    }

    @Sendable
    private static func uuid(_ text: String) -> DocumentValue? {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return nil }
        let digits = Array(groups.joined().utf8)
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: 32, by: 2) {
            let pair = String(decoding: digits[place..<(place + 2)], as: UTF8.self)
            guard pair.allSatisfy(\.isHexDigit), let byte = UInt8(pair, radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return .binary(DocumentBinary(bytes, subtype: .uuid))
    }

    private static let code: Reading = { reader, members throws(StorageError) in
        guard let code = members.first(where: { $0.name == "$code" }),
            case .string(let text) = code.value
        else { return nil }
        if members.count == 1 { return .javaScript(text) }
        guard members.count == 2, let scope = members.first(where: { $0.name == "$scope" }),
            case .object(let fields) = scope.value
        else { return nil }
        return .javaScriptWithScope(text, try reader.document(fields))
    }

    private static let timestamp: Reading = { _, members throws(StorageError) in
        guard let parts = parts(members, "t", "i"), case .number(let seconds) = parts.first,
            case .number(let increment) = parts.second, let seconds = UInt32(seconds),
            let increment = UInt32(increment)
        else { return nil }
        return .timestamp(DocumentTimestamp(seconds: seconds, increment: increment))
    }

    private static let regularExpression: Reading = { _, members throws(StorageError) in
        guard let parts = parts(members, "pattern", "options"),
            case .string(let pattern) = parts.first, case .string(let options) = parts.second,
            !pattern.utf8.contains(0), !options.utf8.contains(0)
        else { return nil }
        return .regularExpression(DocumentRegularExpression(pattern, options: options))
    }

    private static let pointer: Reading = { reader, members throws(StorageError) in
        guard let parts = parts(members, "$ref", "$id"), case .string(let name) = parts.first,
            case .objectID(let id) = try reader.value(parts.second)
        else { return nil }
        return .pointer(DocumentPointer(collection: name, id: id))
    }

    private static let date: Reading = { reader, members throws(StorageError) in
        guard members.count == 1 else { return nil }
        switch members[0].value {
        case .string(let text):
            return DocumentDate(iso8601: text).map(DocumentValue.date)
        case .object:
            guard case .int64(let milliseconds) = try reader.value(members[0].value) else {
                return nil
            }
            return .date(DocumentDate(millisecondsSince1970: milliseconds))
        default: return nil
        }
    }
}
