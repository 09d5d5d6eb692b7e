#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import StorageKit

/// An entity with a property of every sort.
private struct Everything: Codable, Equatable, Identifiable, Sendable {
    enum Colour: String, Codable, CaseIterable { case red, blue = "it's \"blue\"" }
    enum Size: Int, Codable { case small = -1, large = 7 }
    struct Place: Codable, Equatable {
        var name: String; var at: [Double]; var inner: [String: Int]
    }

    var id: Int
    var flag: Bool
    var real: Double
    var text: String
    var note: String?
    var bytes: Data
    var day: Date
    var uuid: UUID
    var price: Decimal
    var colour: Colour
    var size: Size?
    var tags: [String]
    var place: Place?
}

extension RelationalLaws {
    static func entityCases<H: RelationalHarness>() -> [ConformanceCase<H>]
    where H.Subject: UpsertQuerying {
        [everything(), unknownRawValue()]
    }

    private static func everything<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        law(
            "entity.every-property",
            "An entity comes back with properties of every sort: enums, optionals, arrays and "
                + "structs kept as JSON."
        ) { scene in
            try await create(scene)
            let table = TableRepository("entity", of: Everything.self, in: scene.store)
            for number in 0..<6 {
                let entity = Self.entity(number)
                try await table.insert(entity)
                let found = try await table.get(number)
                try scene.context.expectEqual(found, entity, "entity \(number)")
            }
        }
    }

    private static func unknownRawValue<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        law(
            "entity.unknown-raw-value",
            "A raw value that an enum does not have is decodingFailed, and is not told."
        ) { scene in
            try await create(scene)
            let table = TableRepository("entity", of: Everything.self, in: scene.store)
            try await table.insert(Self.entity(1))
            let secret = "no colour at all"
            try await scene.store.execute("UPDATE entity SET colour = \(secret)")
            let error = try await scene.context.expectThrows(.decodingFailed, "an unknown colour") {
                try await table.get(1)
            }
            try scene.context.expect(
                !"\(error)".contains(secret), "no value in an error", seen: "\(error)")
        }
    }

    private static func create<H: RelationalHarness>(_ scene: RelationalScene<H>) async throws {
        let columns: [(String, SQLType)] = [
            ("id", .integer), ("flag", .boolean), ("real", .real), ("text", .text),
            ("note", .text), ("bytes", .bytes), ("day", .date), ("uuid", .uuid),
            ("price", .decimal), ("colour", .text), ("size", .integer), ("tags", .json),
            ("place", .json),
        ]
        let described = columns.map { name, kind in
            "\(identifier: name) \(scene.harness.columnType(kind))" as SQL
        }
        try await scene.store.execute(
            "CREATE TABLE entity (\(described.joined(separator: ", ")), PRIMARY KEY (id))")
    }

    private static func entity(_ number: Int) -> Everything {
        let isEven = number.isMultiple(of: 2)
        return Everything(
            id: number, flag: isEven, real: Double(number) / 8, text: "text \(number)",
            note: isEven ? "" : nil, bytes: Data([UInt8(number), 0]),
            day: Date(timeIntervalSince1970: Double(number) * 1e8 + 0.5), uuid: UUID(),
            price: Decimal(number) / 4, colour: isEven ? .red : .blue,
            size: isEven ? .large : nil, tags: isEven ? [] : ["a", "it's", "é\u{1F600}\\\""],
            place: isEven
                ? .init(name: "Long\nLane", at: [0.5, -1], inner: ["b": 1, "a": -2]) : nil)
    }
}
