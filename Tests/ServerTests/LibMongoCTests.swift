import CLibBSON
import CLibMongoC
import Foundation
import TestSupport
import Testing

@Suite("The C library of MongoDB", .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct LibMongoCTests {
    /// The library wants to be initialised exactly once in a process; it is never cleaned up,
    /// because no later moment is known to be free of its users.
    private static let initialised: Void = mongoc_init()

    @Test("stores a document on a real server and finds it")
    func roundTrip() throws {
        Self.initialised
        let client = try #require(mongoc_client_new(TestServer.mongoDB.url()))
        defer { mongoc_client_destroy(client) }
        let collection = try #require(
            mongoc_client_get_collection(client, "storagekit_test", "c\(UUID())"))
        defer {
            mongoc_collection_drop(collection, nil)
            mongoc_collection_destroy(collection)
        }
        var error = bson_error_t()
        let document = try #require(bson_new())
        defer { bson_destroy(document) }
        #expect(bson_append_int32(document, "_id", -1, 7))
        #expect(bson_append_utf8(document, "text", -1, "Grüße", -1))
        let inserted = mongoc_collection_insert_one(collection, document, nil, nil, &error)
        try #require(inserted, "\(message(of: error))")
        try find(document, byID: 7, in: collection)
    }

    private func find(
        _ document: OpaquePointer, byID id: Int32, in collection: OpaquePointer
    ) throws {
        let filter = try #require(bson_new())
        defer { bson_destroy(filter) }
        #expect(bson_append_int32(filter, "_id", -1, id))
        let cursor = try #require(mongoc_collection_find_with_opts(collection, filter, nil, nil))
        defer { mongoc_cursor_destroy(cursor) }
        // The document that is found belongs to the cursor.
        var found: OpaquePointer?
        let isThere = mongoc_cursor_next(cursor, &found)
        var error = bson_error_t()
        try #require(!mongoc_cursor_error(cursor, &error), "\(message(of: error))")
        try #require(isThere)
        #expect(bson_equal(document, found))
        #expect(!mongoc_cursor_next(cursor, &found))
    }

    private func message(of error: bson_error_t) -> String {
        withUnsafeBytes(of: error.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
