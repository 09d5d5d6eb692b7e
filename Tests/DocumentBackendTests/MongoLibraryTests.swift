import Testing

@testable import DocumentBackend

@Suite("libmongoc")
struct MongoLibraryTests {
    @Test("it is set up once, and is a version that this package knows")
    func version() {
        #expect(MongoLibrary.isReady)
        #expect(MongoLibrary.version.hasPrefix("1."))
    }
}
