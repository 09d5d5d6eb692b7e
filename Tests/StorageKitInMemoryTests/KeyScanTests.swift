import StorageKit
import StorageKitTesting
import Testing

@testable import StorageKitInMemory

@Suite("A scan of the store in memory")
struct KeyScanTests {
    @Test("visits what is there all the while exactly once, while others write", arguments: [1, 8])
    func underChange(stripes: Int) async throws {
        let store = World(stripes: stripes).store
        for number in 0..<300 { try await store.set("steady:\(number)", to: "") }
        var seen: [ByteString: Int] = [:]
        var passing = 0
        for try await key in store.keys(withPrefix: "steady:", pageSize: 10) {
            seen[key, default: 0] += 1
            for _ in 0..<5 {
                passing += 1
                try await store.set("passing:\(passing)", to: "")
                try await store.delete("passing:\(passing - passing % 7)")
            }
            // Written again in place, it is still there all the while.
            try await store.set("steady:\(passing % 300)", to: "again")
        }
        #expect(seen.count == 300)
        #expect(seen.values.allSatisfy { $0 == 1 })
    }

    @Test("goes on where it was in a hash and in a set that change")
    func collections() async throws {
        let store = World().store
        for number in 0..<100 {
            try await store.hashSet("h", ["\(number)": "v"])
            try await store.setAdd("s", ["\(number)"])
        }
        var (fields, members): ([ByteString: Int], [ByteString: Int]) = ([:], [:])
        for try await field in store.hashFields("h", pageSize: 9) {
            fields[field.name, default: 0] += 1
            try await store.hashSet("h", ["new \(field.name)": ""])
            try await store.hashDelete("h", fields: ["new \(field.name)"])
        }
        for try await member in store.setMembers(of: "s", pageSize: 9) {
            members[member, default: 0] += 1
        }
        #expect(fields.filter { !$0.key.hasPrefix("new") }.count == 100)
        #expect(fields.filter { !$0.key.hasPrefix("new") }.values.allSatisfy { $0 == 1 })
        #expect(members.count == 100 && members.values.allSatisfy { $0 == 1 })
    }

    @Test("has pages of at most the limit, and ends with one that says so")
    func pages() async throws {
        let store = World().store
        for number in 0..<50 { try await store.set("\(number)", to: "") }
        var (cursor, sizes): (ScanCursor?, [Int]) = (nil, [])
        repeat {
            let page = try await store.keys(withPrefix: "", after: cursor, limit: 7)
            sizes.append(page.elements.count)
            cursor = page.next
        } while cursor != nil
        #expect(sizes.reduce(0, +) == 50)
        #expect(sizes.allSatisfy { $0 <= 7 })
        #expect(sizes.count <= 9)
    }

    @Test("refuses a cursor that is not one of its own")
    func foreignCursors() async throws {
        let store = World(stripes: 2).store
        for number in 0..<20 {
            try await store.set("\(number)", to: "")
            try await store.hashSet("h", ["\(number)": ""])
            try await store.setAdd("s", ["\(number)"])
        }
        let ofFields = try await store.hashFields("h", after: nil, limit: 2).next
        let ofMembers = try await store.setMembers(of: "s", after: nil, limit: 2).next
        var ofOtherStripe = ScanPosition(scan: .keys, stripe: 2, slot: 0).cursor
        for cursor in [ofFields, ofMembers, ofOtherStripe, ScanCursor("17"), ScanCursor("")] {
            let code = await thrown {
                try await store.keys(withPrefix: "", after: cursor, limit: 2)
            }
            #expect(code == .invalidArgument)
        }
        ofOtherStripe = ScanPosition(scan: .keys, stripe: 1, slot: .max).cursor
        let page = try await store.keys(withPrefix: "", after: ofOtherStripe, limit: 2)
        #expect(page.elements == [] && page.next == nil, "a place that is gone has nothing left")
        let code = await thrown { try await store.hashFields("h", after: ofMembers, limit: 2) }
        #expect(code == .invalidArgument)
    }

    @Test("is one step in an atomic batch")
    func batch() async throws {
        let store = World().store
        for number in 0..<40 { try await store.set("\(number)", to: "") }
        let (before, _, after) = try await store.atomically {
            (
                $0.keys(withPrefix: "", after: nil, limit: 100), $0.delete("7"),
                $0.keys(withPrefix: "", after: nil, limit: 100)
            )
        }
        #expect(before.elements.count == 40 && after.elements.count == 39)
    }
}
