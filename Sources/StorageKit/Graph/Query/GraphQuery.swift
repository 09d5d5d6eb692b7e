/// A query in the language of a graph database, with its parameters.
///
/// ```swift
/// let query: GraphQuery = "MATCH (p:Person) WHERE p.name = \(name) RETURN p, p.born"
/// for try await (person, born) in store.query(query, as: Person.self, Int?.self) { … }
/// ```
///
/// What is interpolated becomes a parameter and is never part of the text, so that no value can be
/// read as a command. Names that are known only at run time, of labels, types and properties, are
/// interpolated with `identifier:`.
public struct GraphQuery: Hashable, Sendable {
    /// A piece of a query.
    enum Part: Hashable, Sendable {
        case text(String)
        case parameter(GraphQueryValue)
        case identifier(String)
    }

    var parts: [Part] = []

    /// The text, with `$p0`, `$p1` and so on where the parameters are.
    public var text: String {
        var text = ""
        var count = 0
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .identifier(let name): text += Self.quoted(name)
            case .parameter:
                text += "$\(Self.name(count))"
                count += 1
            }
        }
        return text
    }

    /// The parameters, by the names that they have in the text.
    public var parameters: [String: GraphQueryValue] {
        var parameters: [String: GraphQueryValue] = [:]
        for case .parameter(let value) in parts { parameters[Self.name(parameters.count)] = value }
        return parameters
    }

    private static func name(_ place: Int) -> String { "p\(place)" }

    /// One query behind the other, with the parameters of both.
    public static func + (left: GraphQuery, right: GraphQuery) -> GraphQuery {
        var sum = left
        sum.parts += right.parts
        return sum
    }
}

extension GraphQuery {
    /// A name in backticks, its own ones doubled.
    ///
    /// Source: openCypher 9, "SymbolicName". Byte by byte: to Swift, a backtick with an accent
    /// behind it is another character, and to a database it is the end of the name. Some databases
    /// read `\u0060` as a backtick before they look for the end of a name, so it is one here.
    static func quoted(_ name: String) -> String {
        let backtick = UInt8(ascii: "`")
        let escape = Array("\\u0060".utf8)
        var rest = Array(name.utf8)[...]
        var quoted = [backtick]
        while let byte = rest.first {
            let isEscape = rest.starts(with: escape)
            if isEscape || byte == backtick {
                quoted += [backtick, backtick]
            } else {
                quoted.append(byte)
            }
            rest = rest.dropFirst(isEscape ? escape.count : 1)
        }
        quoted.append(backtick)
        return String(decoding: quoted, as: UTF8.self)
    }
}
