import StorageKit
import StorageKitBSON
import Testing

@Suite("The corpus of BSON")
struct BSONCorpusTests {
    @Test("bytes are read and written as they were", arguments: BSONCorpus.cases)
    func bytes(test: BSONCorpusCase) throws {
        let bytes = hexadecimal(test.bson)
        #expect(try Document(bson: bytes).bson() == bytes)
        guard let degenerate = test.degenerateBSON else { return }
        #expect(try Document(bson: hexadecimal(degenerate)).bson() == bytes)
    }

    @Test("bytes go through an entity's coding as they were", arguments: BSONCorpus.cases)
    func coded(test: BSONCorpusCase) throws {
        let bytes = hexadecimal(test.bson)
        let values = try BSONDecoder().decode([String: DocumentValue].self, from: bytes)
        guard values.count == 1 else { return }
        #expect(try BSONEncoder().encode(values) == bytes)
    }

    @Test("documents are printed as the specification prints them", arguments: BSONCorpus.cases)
    func printed(test: BSONCorpusCase) throws {
        let document = try Document(bson: hexadecimal(test.bson))
        #expect(document.extendedJSON(.canonical) == test.canonical)
        #expect(document.extendedJSON(.relaxed) == test.relaxed ?? test.canonical)
    }

    @Test("Extended JSON is read as the bytes that it says", arguments: BSONCorpus.cases)
    func parsed(test: BSONCorpusCase) throws {
        guard !test.isLossy else { return }
        let bytes = hexadecimal(test.bson)
        #expect(try Document(extendedJSON: test.canonical).bson() == bytes)
        if let degenerate = test.degenerateJSON {
            #expect(try Document(extendedJSON: degenerate).bson() == bytes)
        }
        // What relaxed numbers are worth is kept, though not always their type.
        let relaxed = try Document(extendedJSON: test.relaxed ?? test.canonical)
        #expect(relaxed.extendedJSON(.relaxed) == test.relaxed ?? test.canonical)
    }

    @Test("damaged bytes are refused", arguments: BSONCorpus.decodeErrors)
    func damaged(test: BSONCorpusError) {
        #expect {
            try Document(bson: hexadecimal(test.content))
        } throws: {
            ($0 as? StorageError)?.code == .corrupted
        }
    }

    @Test("texts that are no Extended JSON are refused", arguments: BSONCorpus.parseErrors)
    func unparsed(test: BSONCorpusError) {
        #expect {
            try Document(extendedJSON: test.content)
        } throws: {
            ($0 as? StorageError)?.code == .invalidArgument
        }
    }
}
