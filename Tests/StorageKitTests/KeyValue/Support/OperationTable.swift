import StorageKit

/// Operations that are refused, or that are answered without asking.
enum OperationTable {
    /// What can never be right.
    static let invalid: [KeyValueOperation] = [
        .scan(prefix: "", nil, limit: 0), .set("k", "v", .after(.zero)),
        .set("k", "v", .after(.seconds(-1))), .expire("k", after: .zero),
        .getAndExpire("k", .after(.zero)), .setIf(.absent, "k", "v", .after(.zero)),
        .exchange("k", "v", .after(.zero)), .incrementFloat("k", by: .nan),
        .incrementFloat("k", by: .infinity), .combineSets(.union, []),
        .hash("k", .incrementFloat("f", by: -.infinity)), .hash("k", .scan(nil, limit: 0)),
        .sortedSet("k", .add([ScoredMember(member: "m", score: .nan)], .always)),
        .sortedSet("k", .increment("m", by: .nan)), .sortedSet("k", .removeRanks(-1..<1)),
        .sortedSet("k", .rangeByRank(-2..<(-1), .ascending)),
        .sortedSet("k", .removeScores(ScoreRange(after: .nan))),
        .sortedSet("k", .countScores(ScoreRange(lower: .unbounded, upper: .inclusive(.nan)))),
        .sortedSet("k", .rangeByScore(.all, .ascending, limit: 0)),
        .sortedSet("k", .rangeByScore(ScoreRange(after: .nan), .ascending, limit: 1)),
        .sortedSet("k", .pop(.ascending, limit: 0)), .list("k", .push([], .last)),
        .list("k", .popMany(.first, limit: 0)), .list("k", .range(-1..<0)),
        .list("k", .trim(-1..<1)), .list("k", .remove("v", limit: 0)),
        .memberSet("k", .scan(nil, limit: -1)),
    ]

    private static let long: ByteString = "12345"

    /// What keeps limits of 5 bytes and 3 elements, and is refused by limits of 4 and 2.
    static let large: [KeyValueOperation] =
        [
            .get(long), .getMany(["", long]), .getMany(["", "", ""]), .set(long, "", .never),
            .set("", long, .never), .delete([long]), .delete(["", "", ""]), .exists(long),
            .scan(prefix: long, nil, limit: 1), .timeToLive(long),
            .expire(long, after: .seconds(1)),
            .persist(long), .getAndExpire(long, .never), .setIf(.absent, long, "", .never),
            .setIf(.present, "", long, .never), .setIf(.equal(to: long), "", "", .never),
            .deleteIf(equal: long, ""), .deleteIf(equal: "", long), .exchange(long, "", .never),
            .exchange("", long, .never), .take(long), .increment(long, by: 1),
            .incrementFloat(long, by: 1), .listMove(from: long, .first, to: "", .last),
            .listMove(from: "", .first, to: long, .last), .combineSets(.union, ["", long]),
            .combineSets(.union, ["", "", ""]), .publish(long, channel: ""),
            .publish("", channel: long), .set("", "", .after(.seconds(5))),
            .expire("", after: .seconds(5)),
        ] + largeCollections

    private static let largeCollections: [KeyValueOperation] = [
        .hash(long, .getAll), .hash("", .get(long)), .hash("", .getMany([long])),
        .hash("", .set([HashField(name: long, value: "")])),
        .hash("", .set([HashField(name: "", value: long)])),
        .hash("", .set(Array(repeating: HashField(name: "", value: ""), count: 3))),
        .hash("", .delete(["", "", ""])), .hash("", .exists(long)),
        .hash("", .increment(long, by: 1)), .hash("", .incrementFloat(long, by: 1)),
        .sortedSet(long, .count), .sortedSet("", .score(long)),
        .sortedSet("", .rank(long, .ascending)), .sortedSet("", .remove([long])),
        .sortedSet("", .increment(long, by: 1)),
        .sortedSet("", .add([ScoredMember(member: long, score: 1)], .always)),
        .sortedSet(
            "", .add(Array(repeating: ScoredMember(member: "", score: 1), count: 3), .always)),
        .list(long, .count), .list("", .push([long], .last)),
        .list("", .push(["", "", ""], .last)),
        .list("", .remove(long, limit: nil)), .memberSet(long, .members),
        .memberSet("", .add([long])), .memberSet("", .remove(["", "", ""])),
        .memberSet("", .contains(long)),
    ]

    /// What is answered without asking, and a neighbour that is not.
    static let immediate: [(KeyValueOperation, KeyValueReply, KeyValueOperation)] = [
        (.getMany([]), .values([]), .getMany(["a"])),
        (.delete([]), .integer(0), .delete(["a"])),
        (.hash("a", .set([])), .integer(0), .hash("a", .set([HashField(name: "", value: "")]))),
        (.hash("a", .delete([])), .integer(0), .hash("a", .delete([""]))),
        (.hash("a", .getMany([])), .values([]), .hash("a", .getMany([""]))),
        (.sortedSet("a", .remove([])), .integer(0), .sortedSet("a", .remove([""]))),
        (
            .sortedSet("a", .add([], .always)), .integer(0),
            .sortedSet("a", .add([ScoredMember(member: "", score: 0)], .always))
        ),
        (
            .sortedSet("a", .rangeByRank(3..<3, .ascending)), .members([]),
            .sortedSet("a", .rangeByRank(3..<4, .ascending))
        ),
        (
            .sortedSet("a", .removeRanks(3..<3)), .integer(0),
            .sortedSet("a", .removeRanks(3..<4))
        ),
        (.list("a", .range(0..<0)), .elements([]), .list("a", .range(0..<1))),
        (.memberSet("a", .add([])), .integer(0), .memberSet("a", .add([""]))),
        (.memberSet("a", .remove([])), .integer(0), .memberSet("a", .remove([""]))),
    ]
}
