import ExampleSupport
import StorageKit

extension Scenes {
    /// Jobs that are not lost with their worker.
    func jobQueue() async throws {
        terminal.title(
            "A job queue that loses nothing", "lists: listPush, listMove, listRemove, one step each"
        )
        let queue = JobQueue(in: store)
        try await queue.add(["resize 17", "resize 18"])
        terminal.call(#"add(["resize 17", "resize 18"])"#, "done")
        try await take("resize 17", for: "north", from: queue)
        try await queue.finish("resize 17", by: "north")
        terminal.call(#"finish("resize 17", by: "north")"#, "done")
        try await take("resize 18", for: "north", from: queue)
        let count = try await queue.giveBack(from: "north")
        try check(count == 1, "one job was taken, and \(count) came back")
        terminal.call(#"north dies; giveBack(from: "north")"#, "\(count) job")
        try await take("resize 18", for: "south", from: queue)
        try await queue.finish("resize 18", by: "south")
        try await take(nil, for: "south", from: queue)
    }

    private func take(
        _ expected: String?, for worker: String, from queue: JobQueue<Store>
    ) async throws {
        let job = try await queue.take(for: worker)
        try check(job == expected, "\(worker) took \(job ?? "nothing")")
        terminal.call("take(for: \"\(worker)\")", job ?? "nil")
    }

    /// Several commands in one round trip, each answer with its own type.
    func pipeline() async throws {
        terminal.title("A pipeline: one round trip, and each answer has its type")
        let (name, views, fields, mistake) = try await store.pipeline {
            (
                $0.get("user:1:name"), $0.increment("page_views"), $0.hashCount("user:2"),
                $0.increment("user:1:name")
            )
        }
        try check(try name.get() == "Ana", "the name in the pipeline is another")
        try check(try views.get() == 102, "the 102nd view was counted differently")
        try check(try fields.get() == 3, "user:2 has not three fields")
        terminal.call(#"get("user:1:name")                ByteString?"#, words(try name.get()))
        terminal.call(#"increment("page_views")           Int64"#, "\(try views.get())")
        terminal.call(#"hashCount("user:2")               Int"#, "\(try fields.get())")
        guard case .failure(let error) = mistake, error.code == .decodingFailed else {
            throw Unexpected(what: "a name was incremented: \(mistake)")
        }
        terminal.call(#"increment("user:1:name")          a mistake"#, "\(error.code), alone")
    }

    /// A lock that several processes can share.
    func lock() async throws {
        terminal.title("A lock", "setIfAbsent with an expiry, compareAndDelete")
        let lock = StoreLock(store: store, name: "report", timeToLive: .seconds(30))
        let steps: [(String, Bool, Bool)] = [
            (#"acquire(as: "ana")"#, try await lock.acquire(as: "ana"), true),
            (#"acquire(as: "ben")"#, try await lock.acquire(as: "ben"), false),
            (#"release(by: "ben")"#, try await lock.release(by: "ben"), false),
            (#"release(by: "ana")"#, try await lock.release(by: "ana"), true),
            (#"acquire(as: "ben")"#, try await lock.acquire(as: "ben"), true),
        ]
        for (call, answer, expected) in steps {
            try check(answer == expected, "\(call) answered \(answer)")
            terminal.call(call, "\(answer)")
        }
    }
}
