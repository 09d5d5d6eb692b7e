import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "The laws of validations: MongoDB",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoValidationLawsTests {
    @Test(
        "keeps the contract of validations",
        arguments: DocumentLaws.validationCases(for: MongoHarness.self))
    func keeps(law: ConformanceCase<MongoHarness>) async {
        let verdict = await ConformanceRunner(harness: MongoHarness(), seed: testSeed).run(law)
        #expect(verdict.isAcceptable, "\(verdict)")
    }

    @Test("reads schemas that others made, and says so of what it does not know")
    func foreign() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            try await things.setValidation(DocumentValidation(.any))
            func set(_ validator: Document, action: String = "error") async throws {
                _ = try await database.command([
                    "collMod": "things", "validator": .document(validator),
                    "validationAction": .string(action),
                ])
            }
            try await set([
                "$jsonSchema": [
                    "title": "A thing", "required": ["b"], "bsonType": "object",
                    "properties": ["a": ["bsonType": "number", "minimum": 1.0]],
                ]
            ])
            let expected = DocumentSchema.document([
                .optional("a", .number(minimum: 1.0)), .required("b"),
            ])
            #expect(try await things.validation() == DocumentValidation(expected))
            try await set(["$jsonSchema": ["bsonType": ["number", "int", "string"]]])
            let read = try #require(try await things.validation())
            #expect(read.schema.types == DocumentValueType.numbers + [.string])
            // What was read can be set.
            try await things.setValidation(read)
            func isUnknown() async -> Bool {
                do throws(StorageError) {
                    _ = try await things.validation()
                    return false
                } catch {
                    return error.code == .unsupported
                }
            }
            let unknown: [Document] = [
                ["$jsonSchema": ["anyOf": [["bsonType": "object"]]]], ["a": ["$gt": 1]],
                ["$jsonSchema": ["properties": ["a": ["not": ["bsonType": "int"]]]]],
            ]
            for validator in unknown {
                try await set(validator)
                #expect(await isUnknown(), "\(validator)")
            }
            try await set(["$jsonSchema": [:]], action: "warn")
            #expect(await isUnknown())
            try await things.setValidation(nil)
            #expect(try await things.validation() == nil)
        }
    }

    @Test("asks once, and once more to make the collection")
    func roundTrips() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            func calls(_ body: () async throws -> Void) async throws -> Int {
                let before = database.acceptedCalls
                try await body()
                return database.acceptedCalls - before
            }
            let validation = DocumentValidation(.document([.required("a")]))
            let counts = [
                try await calls { try await things.setValidation(nil) },
                try await calls { try await things.setValidation(validation) },
                try await calls { try await things.setValidation(validation) },
            ]
            #expect(counts == [1, 2, 1])
            #expect(try await calls { _ = try await things.validation() } == 1)
        }
    }
}
