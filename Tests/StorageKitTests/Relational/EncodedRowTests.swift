import Foundation
import StorageKit
import Testing

/// How an entity becomes the columns and values that every relational backend writes.
@Suite("An entity as a row")
struct EncodedRowTests {
    struct Address: Codable { var street: String }

    enum Colour: String, Codable { case red }

    struct Entity: Codable {
        var id = 1
        var title = "roof"
        var note: String?
        var price: Decimal = 1.5
        var bytes: [UInt8] = [1, 2]
        var tags = ["a", "b"]
        var address = Address(street: "Long Lane")
        var colour = Colour.red
        var at = Date(timeIntervalSinceReferenceDate: 0)
    }

    @Test("the keys are the columns, and each property is the value of its type")
    func values() throws {
        let row = try EncodedRow(Entity())
        #expect(
            row.columns == [
                "id", "title", "note", "price", "bytes", "tags", "address", "colour", "at",
            ])
        #expect(
            row.values == [
                .integer(1), .text("roof"), .null, .decimal(1.5), .bytes([1, 2]),
                .json(#"["a","b"]"#), .json(#"{"street":"Long Lane"}"#), .text("red"),
                .date(Date(timeIntervalSinceReferenceDate: 0)),
            ])
        #expect(row["title"] == .text("roof"))
        #expect(row["no such column"] == nil)
    }

    @Test("what is no struct with keys is refused", arguments: [true, false])
    func refused(isArray: Bool) {
        let error = #expect(throws: StorageError.self) {
            if isArray { _ = try EncodedRow([1, 2]) } else { _ = try EncodedRow(7) }
        }
        #expect(error?.code == .encodingFailed)
    }

    @Test("a value that no database holds is refused without being told")
    func unencodable() {
        struct Large: Encodable { var count = UInt64.max }
        let error = #expect(throws: StorageError.self) { try EncodedRow(Large()) }
        #expect(error?.code == .encodingFailed)
        #expect(error?.description.contains("\(UInt64.max)") == false)
    }

    @Test("the last value that is given to a key counts, as with any encoder")
    func repeated() throws {
        struct Twice: Encodable {
            enum CodingKeys: CodingKey { case id }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(1, forKey: .id)
                try container.encode(2, forKey: .id)
            }
        }
        let row = try EncodedRow(Twice())
        #expect(row.columns == ["id"])
        #expect(row.values == [.integer(2)])
    }
}
