internal import StorageKit

/// Writes values as Extended JSON.
struct ExtendedJSONWriter {
    let mode: ExtendedJSONMode
    private(set) var text = ""

    init(mode: ExtendedJSONMode) { self.mode = mode }

    /// Appends a value.
    mutating func write(_ value: DocumentValue) {
        switch value {
        case .double(let number): write(number)
        case .string(let text): write(quoted: text)
        case .document(let document): write(document)
        case .array(let values): write(values)
        case .binary(let binary): write(binary)
        case .undefined: text += #"{"$undefined":true}"#
        case .objectID(let id): write("$oid", id.description)
        case .bool(let flag): text += flag ? "true" : "false"
        case .date(let date): write(date)
        case .null: text += "null"
        case .regularExpression(let pattern): write(pattern)
        case .pointer(let pointer): write(pointer)
        case .javaScript(let code): write("$code", code)
        case .symbol(let name): write("$symbol", name)
        case .javaScriptWithScope(let code, let scope): write(code, scope)
        case .int32(let number): write(whole: number, "$numberInt")
        case .timestamp(let timestamp):
            text += #"{"$timestamp":{"t":\#(timestamp.seconds),"i":\#(timestamp.increment)}}"#
        case .int64(let number): write(whole: number, "$numberLong")
        case .decimal128(let number): write("$numberDecimal", number.description)
        case .minKey: text += #"{"$minKey":1}"#
        case .maxKey: text += #"{"$maxKey":1}"#
        }
    }

    private mutating func write(_ document: Document) {
        text += "{"
        for (index, field) in document.fields.enumerated() {
            if index > 0 { text += "," }
            write(quoted: field.name)
            text += ":"
            write(field.value)
        }
        text += "}"
    }

    private mutating func write(_ values: [DocumentValue]) {
        text += "["
        for (index, value) in values.enumerated() {
            if index > 0 { text += "," }
            write(value)
        }
        text += "]"
    }

    private mutating func write(_ name: String, _ content: String) {
        text += #"{"\#(name)":"#
        write(quoted: content)
        text += "}"
    }

    private mutating func write(whole number: some FixedWidthInteger, _ name: String) {
        if mode == .relaxed { text += String(number) } else { write(name, String(number)) }
    }

    private mutating func write(_ number: Double) {
        // The fewest digits that give the same number, as the specification writes them.
        let digits =
            number.isNaN
            ? "NaN"
            : number.isInfinite
                ? (number < 0 ? "-Infinity" : "Infinity")
                : number.description.replacing("e", with: "E")
        if mode == .relaxed, number.isFinite {
            text += digits
        } else {
            write("$numberDouble", digits)
        }
    }

    private mutating func write(_ date: DocumentDate) {
        text += #"{"$date":"#
        if mode == .relaxed, let iso = date.iso8601 {
            write(quoted: iso)
        } else {
            write("$numberLong", String(date.millisecondsSince1970))
        }
        text += "}"
    }

    private mutating func write(_ binary: DocumentBinary) {
        let subtype = binary.subtype.rawValue
        let digits = (subtype < 16 ? "0" : "") + String(subtype, radix: 16)
        let base64 = Base64.text(of: binary.bytes)
        text += #"{"$binary":{"base64":"\#(base64)","subType":"\#(digits)"}}"#
    }

    private mutating func write(_ pattern: DocumentRegularExpression) {
        text += #"{"$regularExpression":{"pattern":"#
        write(quoted: pattern.pattern)
        text += #","options":"#
        write(quoted: pattern.options)
        text += "}}"
    }

    private mutating func write(_ pointer: DocumentPointer) {
        text += #"{"$dbPointer":{"$ref":"#
        write(quoted: pointer.collection)
        text += #","$id":"#
        write("$oid", pointer.id.description)
        text += "}}"
    }

    private mutating func write(_ code: String, _ scope: Document) {
        text += #"{"$code":"#
        write(quoted: code)
        text += #","$scope":"#
        write(scope)
        text += "}"
    }

    private mutating func write(quoted content: String) {
        text += "\""
        for scalar in content.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{8}": text += "\\b"
            case "\u{C}": text += "\\f"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
