import RelationalBackend
@testable import StorageKit
import StorageKitTesting
import TestSupport
import Testing

/// A condition in two forms: for the database, and for Swift.
private struct Condition {
    let predicate: SQLPredicate
    let holds: (Person) -> Bool
}

@Suite("Random conditions")
struct RandomFilterTests {
    private static let texts = [
        "", "a", "A", "%", "_", "a%", "\\", "'", "\"", "*", "[a]", "?", "é", "e\u{301}", "𝄞",
        "x'; DROP TABLE person; --",
    ]

    @Test("a condition finds what it finds in Swift, and its opposite the rest")
    func agreement() async throws {
        var generator = SeededGenerator(seed: testSeed)
        let database = try await QueryTables.empty()
        let people = (0..<60).map { Self.person($0, &generator) }
        try await database.execute(People.insert(people))
        for round in 0..<300 {
            let condition = Self.condition(depth: 3, &generator)
            let expected = people.filter(condition.holds).map(\.id)
            let query = People.all.filter { _ in condition.predicate }.order { [$0.id.ascending] }
            let found = try await database.query(query.select { $0.id }, limit: 100)
            #expect(found == expected, "round \(round), seed \(testSeed): \(query.sql)")
        }
        await database.close()
    }

    private static func person(_ id: Int, _ generator: inout SeededGenerator) -> Person {
        let text = texts.randomElement(using: &generator) ?? ""
        return Person(
            id: id, name: "\(text)\(id)",
            nick: Int.random(in: 0..<3, using: &generator) == 0
                ? nil : texts.randomElement(using: &generator),
            age: Bool.random(using: &generator) ? nil : Int.random(in: 0..<5, using: &generator),
            score: Double(Int.random(in: 0..<5, using: &generator)),
            active: Bool.random(using: &generator))
    }

    private static func condition(
        depth: Int, _ generator: inout SeededGenerator
    ) -> Condition {
        guard depth > 0 else { return leaf(&generator) }
        let left = condition(depth: depth - 1, &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
            return Condition(predicate: !left.predicate) { !left.holds($0) }
        case 1:
            return leaf(&generator)
        case 2:
            let right = condition(depth: depth - 1, &generator)
            return Condition(predicate: left.predicate && right.predicate) {
                left.holds($0) && right.holds($0)
            }
        default:
            let right = condition(depth: depth - 1, &generator)
            return Condition(predicate: left.predicate || right.predicate) {
                left.holds($0) || right.holds($0)
            }
        }
    }

    private static func leaf(_ generator: inout SeededGenerator) -> Condition {
        let person = People.all.scope
        let number = Int.random(in: 0..<5, using: &generator)
        let age = Bool.random(using: &generator) ? nil : number
        let text = texts.randomElement(using: &generator) ?? ""
        let nick = Bool.random(using: &generator) ? nil : text
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: return Condition(predicate: person.age == age) { $0.age == age }
        case 1: return Condition(predicate: person.age != age) { $0.age != age }
        case 2:
            return Condition(predicate: person.age < number) { $0.age.map { $0 < number } ?? false }
        case 3:
            return Condition(predicate: person.age >= number) {
                $0.age.map { $0 >= number } ?? false
            }
        case 4: return Condition(predicate: person.active) { $0.active }
        case 5: return Condition(predicate: person.nick == nick) { same($0.nick, nick) }
        case 6: return Condition(predicate: person.nick != nick) { !same($0.nick, nick) }
        case 7:
            return Condition(predicate: person.name.hasPrefix(text)) {
                Array($0.name.unicodeScalars).starts(with: text.unicodeScalars)
            }
        case 8:
            return Condition(predicate: person.nick.contains(text)) {
                $0.nick.map { has($0, text) } ?? false
            }
        case 9:
            return Condition(predicate: person.id.isIn([number, number * 7])) {
                $0.id == number || $0.id == number * 7
            }
        case 10:
            return Condition(predicate: person.nick == person.nick) { _ in true }
        default:
            return Condition(predicate: person.score + 1 > Double(number)) {
                $0.score + 1 > Double(number)
            }
        }
    }

    /// Scalar by scalar, as the database compares.
    private static func same(_ left: String?, _ right: String?) -> Bool {
        left.map { Array($0.unicodeScalars) } == right.map { Array($0.unicodeScalars) }
    }

    private static func has(_ text: String, _ part: String) -> Bool {
        let (text, part) = (Array(text.unicodeScalars), Array(part.unicodeScalars))
        guard text.count >= part.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
    }
}
