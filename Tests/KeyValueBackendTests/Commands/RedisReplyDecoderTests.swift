import StorageKit
import Testing

@testable import KeyValueBackend

@Suite("The answer in each reply of Redis")
struct RedisReplyDecoderTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let operation: KeyValueOperation
        let reply: RedisReply
        let answer: KeyValueReply

        init(_ operation: KeyValueOperation, _ reply: RedisReply, _ answer: KeyValueReply) {
            (self.operation, self.reply, self.answer) = (operation, reply, answer)
        }

        var testDescription: String { "\(operation.name): \(reply)" }
    }

    static let ok = RedisReply.status("OK")
    static let page = RedisReply.array([.string("17"), .array([.string("p1"), .string("q")])])

    static let values: [Row] = [
        Row(.get("k"), .string("v"), .value("v")),
        Row(.get("k"), .null, .value(nil)),
        Row(.getMany(["k", "l"]), .array([.string("v"), .null]), .values(["v", nil])),
        Row(.set("k", "v", .never), ok, .done),
        Row(.delete(["k"]), .integer(1), .integer(1)),
        Row(.exists("k"), .integer(0), .flag(false)),
        Row(.exists("k"), .integer(1), .flag(true)),
        Row(
            .scan(prefix: "p", nil, limit: 1), page,
            .elementPage(ScanPage(elements: ["p1"], next: ScanCursor("17")))),
        Row(
            .scan(prefix: "", nil, limit: 1), .array([.string("0"), .array([])]),
            .elementPage(ScanPage(elements: [], next: nil))),
        Row(.timeToLive("k"), .integer(-2), .timeToLive(.absent)),
        Row(.timeToLive("k"), .integer(-1), .timeToLive(.unlimited)),
        Row(.timeToLive("k"), .integer(0), .timeToLive(.remaining(.milliseconds(1)))),
        Row(.timeToLive("k"), .integer(1500), .timeToLive(.remaining(.milliseconds(1500)))),
        Row(.expire("k", after: .seconds(1)), .integer(1), .flag(true)),
        Row(.persist("k"), .integer(0), .flag(false)),
        Row(.getAndExpire("k", .never), .null, .value(nil)),
        Row(.setIf(.absent, "k", "v", .never), ok, .flag(true)),
        Row(.setIf(.present, "k", "v", .never), .null, .flag(false)),
        Row(.setIf(.equal(to: "u"), "k", "v", .never), .integer(1), .flag(true)),
        Row(.deleteIf(equal: "u", "k"), .integer(0), .flag(false)),
        Row(.exchange("k", "v", .never), .string("u"), .value("u")),
        Row(.take("k"), .null, .value(nil)),
        Row(.increment("k", by: 1), .integer(.min), .integer(.min)),
        Row(.incrementFloat("k", by: 1), .string("3.0e3"), .number(3000)),
        Row(.publish("m", channel: "c"), .integer(2), .integer(2)),
    ]

    static let hashes: [Row] = [
        Row(.hash("k", .set([])), .integer(2), .integer(2)),
        Row(.hash("k", .get("f")), .null, .value(nil)),
        Row(
            .hash("k", .getMany(["f", "g"])), .array([.null, .string("w")]), .values([nil, "w"])),
        Row(
            .hash("k", .getAll), .array([.string("f"), .string("v"), .string("g"), .string("")]),
            .fields(["f": "v", "g": ""])),
        Row(.hash("k", .getAll), .array([]), .fields([:])),
        Row(.hash("k", .increment("f", by: 1)), .integer(-4), .integer(-4)),
        Row(.hash("k", .incrementFloat("f", by: 1)), .string("0.5"), .number(0.5)),
        Row(.hash("k", .delete(["f"])), .integer(1), .integer(1)),
        Row(.hash("k", .exists("f")), .integer(1), .flag(true)),
        Row(.hash("k", .count), .integer(3), .integer(3)),
        Row(
            .hash("k", .scan(nil, limit: 1)), page,
            .fieldPage(
                ScanPage(
                    elements: [HashField(name: "p1", value: "q")], next: ScanCursor("17")))),
    ]

    static let tenth = RedisReply.string("0.10000000000000001")
    static let members: [Row] = [
        ("0.10000000000000001", 0.1), ("inf", .infinity), ("-inf", -.infinity),
        ("1.7976931348623157e+308", .greatestFiniteMagnitude), ("5", 5),
    ].map { text, score in
        Row(
            .sortedSet("k", .rangeByRank(0..<1, .ascending)),
            .array([.string("m"), .string(ByteString(text))]),
            .members([ScoredMember(member: "m", score: score)]))
    }

    static let sortedSets: [Row] = [
        Row(.sortedSet("k", .add([], .always)), .integer(1), .integer(1)),
        Row(.sortedSet("k", .remove([])), .integer(1), .integer(1)),
        Row(.sortedSet("k", .removeRanks(0..<1)), .integer(1), .integer(1)),
        Row(.sortedSet("k", .removeScores(.all)), .integer(1), .integer(1)),
        Row(.sortedSet("k", .score("m")), tenth, .number(0.1)),
        Row(.sortedSet("k", .score("m")), .null, .number(nil)),
        Row(.sortedSet("k", .rank("m", .ascending)), .integer(0), .position(0)),
        Row(.sortedSet("k", .rank("m", .ascending)), .null, .position(nil)),
        Row(.sortedSet("k", .rangeByScore(.all, .ascending, limit: 1)), .array([]), .members([])),
        Row(.sortedSet("k", .increment("m", by: 1)), .string("inf"), .number(.infinity)),
        Row(.sortedSet("k", .count), .integer(1), .integer(1)),
        Row(.sortedSet("k", .countScores(.all)), .integer(1), .integer(1)),
        Row(
            .sortedSet("k", .pop(.ascending, limit: 1)), .array([.string("m"), .string("-0")]),
            .members([ScoredMember(member: "m", score: 0)])),
    ]

    static let listsAndSets: [Row] = [
        Row(.list("k", .push(["v"], .first)), .integer(3), .integer(3)),
        Row(.list("k", .pop(.first)), .string(""), .value("")),
        Row(.list("k", .popMany(.first, limit: 2)), .null, .elements([])),
        Row(.list("k", .popMany(.first, limit: 2)), .array([.string("v")]), .elements(["v"])),
        Row(.list("k", .range(0..<1)), .array([]), .elements([])),
        Row(.list("k", .trim(0..<1)), ok, .done),
        Row(.list("k", .remove("v", limit: nil)), .integer(1), .integer(1)),
        Row(.list("k", .count), .integer(0), .integer(0)),
        Row(.listMove(from: "k", .first, to: "l", .last), .null, .value(nil)),
        Row(.memberSet("k", .add(["m"])), .integer(1), .integer(1)),
        Row(.memberSet("k", .remove(["m"])), .integer(0), .integer(0)),
        Row(.memberSet("k", .contains("m")), .integer(1), .flag(true)),
        Row(.memberSet("k", .members), .array([.string("m")]), .elements(["m"])),
        Row(.memberSet("k", .count), .integer(1), .integer(1)),
        Row(
            .memberSet("k", .scan(nil, limit: 1)), page,
            .elementPage(ScanPage(elements: ["p1", "q"], next: ScanCursor("17")))),
        Row(.combineSets(.union, ["k"]), .array([.string("m")]), .elements(["m"])),
    ]

    @Test("each is read", arguments: values + hashes + sortedSets + members + listsAndSets)
    func answer(row: Row) throws {
        #expect(try RedisReplyDecoder.answer(to: row.operation, in: row.reply) == row.answer)
    }

    /// No operation is answered by this.
    static let nonsense = RedisReply.array([.integer(1), .array([.null, .status("OK"), .null])])

    @Test(
        "a reply of another shape is corrupted, and only a write may have been applied",
        arguments: values + hashes + sortedSets + members + listsAndSets)
    func shape(row: Row) throws {
        let error = #expect(throws: StorageError.self) {
            try RedisReplyDecoder.answer(to: row.operation, in: Self.nonsense)
        }
        #expect(error?.code == .corrupted)
        #expect(error?.mayHaveBeenApplied == (row.operation.redisEffect != .reads))
    }

    @Test(
        "fewer or more values than were asked for are corrupted",
        arguments: [RedisReply.null, .array([]), .array([.null]), .array([.null, .null, .null])])
    func otherCount(reply: RedisReply) {
        for operation in [
            KeyValueOperation.getMany(["k", "l"]), .hash("k", .getMany(["f", "g"])),
        ] {
            let error = #expect(throws: StorageError.self) {
                try RedisReplyDecoder.answer(to: operation, in: reply)
            }
            #expect(error?.code == .corrupted && error?.mayHaveBeenApplied == false)
        }
    }

    @Test("a sum that no Double can hold is out of range, and was kept by the server")
    func hugeSum() throws {
        let reply = RedisReply.string(ByteString("34" + String(repeating: "0", count: 307)))
        for operation in [
            KeyValueOperation.incrementFloat("k", by: 1), .hash("k", .incrementFloat("f", by: 1)),
        ] {
            let error = #expect(throws: StorageError.self) {
                try RedisReplyDecoder.answer(to: operation, in: reply)
            }
            #expect(error?.code == .outOfRange)
            #expect(error?.mayHaveBeenApplied == true)
        }
    }
}
