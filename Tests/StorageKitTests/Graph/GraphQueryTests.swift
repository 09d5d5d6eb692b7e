import StorageKit
import Synchronization
import Testing

private struct Person: GraphNodeEntity, Equatable {
    static let label: GraphLabel = "Person"
    var name: String
    var born: Int?
}

/// A speaker of any language: it keeps what it was told, and gives the rows that it has.
private final class Recorder: GraphQueryRunning {
    let asked = Mutex<[GraphQuery]>([])
    let found: [GraphRow]

    init(_ found: [GraphRow] = []) { self.found = found }

    func rows(of query: GraphQuery) -> ResultSequence<GraphRow> {
        ResultSequence { [self] in
            asked.withLock { $0.append(query) }
            return Batches(found)
        }
    }

    func run(_ query: GraphQuery) async throws(StorageError) -> GraphQuerySummary {
        asked.withLock { $0.append(query) }
        return GraphQuerySummary(nodesCreated: 2)
    }
}

private final class Batches: ResultSource {
    private let rest: Mutex<[GraphRow]>

    init(_ rows: [GraphRow]) { rest = Mutex(rows) }

    func nextBatch() async throws(StorageError) -> [GraphRow] {
        rest.withLock { rest in
            defer { rest = Array(rest.dropFirst(2)) }
            return Array(rest.prefix(2))
        }
    }

    func close() {}
}

@Suite("Queries as text carry their values beside them")
struct GraphQueryTests {
    @Test("what is interpolated becomes a parameter, whatever it says")
    func parameters() {
        let evil = "' OR 1 = 1 //"
        let missing: Int? = nil
        let query: GraphQuery = "MATCH (n {a: \(evil)}) WHERE n.b IN \([1, 2]) SET n.c = \(missing)"
        #expect(query.text == "MATCH (n {a: $p0}) WHERE n.b IN $p1 SET n.c = $p2")
        #expect(
            query.parameters == [
                "p0": .value(.string(evil)), "p1": .value([1, 2]), "p2": .null,
            ])
    }

    @Test("bytes are one parameter, and maps go as they are")
    func otherParameters() {
        let map = GraphQueryValue.map(["x": .value(1)])
        let query: GraphQuery = "RETURN \([1, 2] as [UInt8]), \(map)"
        #expect(query.parameters == ["p0": .value(.bytes([1, 2])), "p1": map])
    }

    @Test("fragments bring their parameters, numbered anew")
    func fragments() {
        let condition: GraphQuery = "n.age > \(30)"
        let query: GraphQuery = "MATCH (n {a: \("x")}) WHERE \(condition)" + " LIMIT \(5)"
        #expect(query.text == "MATCH (n {a: $p0}) WHERE n.age > $p1 LIMIT $p2")
        #expect(query.parameters == ["p0": .value("x"), "p1": .value(30), "p2": .value(5)])
    }

    @Test(
        "an identifier cannot end its quotation",
        arguments: [
            ("name", "`name`"), ("a`b", "`a``b`"), ("a`\u{301}b", "`a``\u{301}b`"),
            ("a\\u0060b", "`a``b`"), ("", "``"),
        ])
    func identifiers(name: String, quoted: String) {
        let query: GraphQuery = "MATCH (n:\(identifier: name))"
        #expect(Array(query.text.utf8) == Array("MATCH (n:\(quoted))".utf8))
        #expect(query.parameters.isEmpty)
    }

    @Test("rows come as tuples of entities and values, batch after batch")
    func tuples() async throws {
        let rows = (1...5).map { number in
            let node = GraphNode(
                id: NodeID(UInt64(number)), labels: ["Person"],
                properties: ["name": .string("P\(number)")])
            return GraphRow(columns: ["p", "n"], values: [.node(node), .value(.integer(7))])
        }
        let recorder = Recorder(rows)
        var names: [String] = []
        for try await (person, number) in recorder.query(
            "MATCH (p) RETURN p, \(7) AS n", as: Person.self, Int?.self)
        {
            names.append(person.name)
            #expect(number == 7 && person.born == nil)
        }
        #expect(names == ["P1", "P2", "P3", "P4", "P5"])
        #expect(recorder.asked.withLock { $0.map(\.text) } == ["MATCH (p) RETURN p, $p0 AS n"])
    }

    @Test("a row is also one entity, by the names of its columns")
    func columns() async throws {
        let row = GraphRow(columns: ["born", "name"], values: [.null, .value("Ada")])
        var found: [Person] = []
        for try await person in Recorder([row]).query("RETURN 1", columnsAs: Person.self) {
            found.append(person)
        }
        #expect(found == [Person(name: "Ada", born: nil)])
        #expect(row["name"] == .value("Ada") && row["other"] == nil)
    }

    @Test("a row that is something else says which column")
    func wrongRows() {
        let row = GraphRow(columns: ["a", "b"], values: [.value(1), .value("x")])
        let count = #expect(throws: StorageError.self) { try row.decode(as: Int.self) }
        #expect(count?.code == .decodingFailed)
        let type = #expect(throws: StorageError.self) { try row.decode(as: Int.self, Int.self) }
        #expect(type?.code == .decodingFailed && type?.message.contains("column b") == true)
    }

    @Test("a query that changes something says how much")
    func summaries() async throws {
        let recorder = Recorder()
        let summary = try await recorder.run("CREATE (:A), (:A)")
        #expect(summary.nodesCreated == 2 && summary.hasChanges)
        #expect(!GraphQuerySummary().hasChanges)
    }
}
