import StorageKit
import Testing

@Suite("Scans")
struct KeyValueScanTests {
    /// A store that answers one page after the other, the cursor being the page's number.
    private func store(_ pages: [[ByteString]]) -> RecordingStore {
        RecordingStore { (_, operation) throws(StorageError) in
            guard case .scan(_, let cursor, _) = operation else { return .done }
            let page = cursor.flatMap { $0.bytes.string.flatMap { Int($0) } } ?? 0
            let next = page + 1 < pages.count ? ScanCursor("\(page + 1)") : nil
            return .elementPage(ScanPage(elements: pages[page], next: next))
        }
    }

    private func keys(of store: RecordingStore) async throws -> [ByteString] {
        var found: [ByteString] = []
        for try await key in store.keys(withPrefix: "p", pageSize: 7) { found.append(key) }
        return found
    }

    @Test("the cursor of each page leads to the next, until there is none")
    func paging() async throws {
        let store = store([["a", "b"], ["c"], ["d"]])
        let found = try await keys(of: store)
        #expect(found == ["a", "b", "c", "d"])
        #expect(
            store.operations == [
                .scan(prefix: "p", nil, limit: 7), .scan(prefix: "p", ScanCursor("1"), limit: 7),
                .scan(prefix: "p", ScanCursor("2"), limit: 7),
            ])
    }

    @Test("an empty page with a cursor is not the end, and one without is")
    func emptyPages() async throws {
        let store = store([[], ["a"], [], [], ["b"], []])
        let found = try await keys(of: store)
        #expect(found == ["a", "b"])
        #expect(store.operations.count == 6)
        let none = try await keys(of: self.store([[]]))
        #expect(none == [])
    }

    @Test("a page is asked for when the one before has been read, and none before the first")
    func laziness() async throws {
        let store = store([["a", "b"], ["c"]])
        let iterator = store.keys(withPrefix: "").makeAsyncIterator()
        #expect(store.operations.count == 0)
        var moving = iterator
        var asked: [Int] = []
        while try await moving.next() != nil { asked.append(store.operations.count) }
        #expect(asked == [1, 1, 2])
        let after = try await moving.next()
        #expect(after == nil && store.operations.count == 2)
    }

    @Test("two readers of one scan each visit everything")
    func twoReaders() async throws {
        let store = store([["a"], ["b"]])
        let scan = store.keys(withPrefix: "")
        var found: [ByteString] = []
        for try await key in scan { found.append(key) }
        for try await key in scan { found.append(key) }
        #expect(found == ["a", "b", "a", "b"])
    }

    @Test("a page that fails is the reader's error, and can be asked for again")
    func failure() async throws {
        let store = RecordingStore { (number, operation) throws(StorageError) in
            guard number != 1 else { throw StorageError(code: .unavailable, message: "gone") }
            let next = number == 0 ? ScanCursor("1") : nil
            return .elementPage(ScanPage(elements: ["\(number)"], next: next))
        }
        var iterator = store.keys(withPrefix: "").makeAsyncIterator()
        let first = try await iterator.next()
        let error = await #expect(throws: StorageError.self) { _ = try await iterator.next() }
        let again = try await iterator.next()
        #expect(first == "0" && error?.code == .unavailable && again == "2")
        #expect(store.operations[1] == store.operations[2])
    }

    @Test("fields of a hash and members of a set are visited in the same way")
    func collections() async throws {
        let fields = RecordingStore(
            .fieldPage(ScanPage(elements: [HashField(name: "f", value: "v")], next: nil)))
        for try await field in fields.hashFields("h", pageSize: 3) { #expect(field.name == "f") }
        let members = RecordingStore(.elementPage(ScanPage(elements: ["m"], next: nil)))
        for try await member in members.setMembers(of: "s", pageSize: 3) { #expect(member == "m") }
        #expect(fields.operations == [.hash("h", .scan(nil, limit: 3))])
        #expect(members.operations == [.memberSet("s", .scan(nil, limit: 3))])
    }
}
