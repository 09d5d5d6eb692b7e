import StorageKit
import StorageKitTesting
import Synchronization

@testable import GraphInMemory

/// A disk in memory that writes down what is done to it, so that the power can fail at any byte of
/// any write afterwards.
///
/// A file's bytes are durable when the file was synced, its name when the folder was.
final class SimulatedDisk: FileSystem {
    /// Something that was done.
    enum Operation {
        case create(file: Int, path: String)
        case write(file: Int, offset: Int, bytes: [UInt8])
        case truncate(file: Int, length: Int)
        case sync(file: Int)
        case rename(String, String)
        case remove(String)
        case syncFolder
        /// So many commits have been acknowledged.
        case acknowledged(Int)
    }

    /// What becomes of what was not synced.
    enum Survival {
        /// The process dies: the system still has it.
        case kept
        /// The power fails.
        case lost
        /// The power fails, and some of it has been written, in no order.
        case partial(seed: UInt64)
    }

    /// Files by name, and their bytes.
    struct Image {
        var names: [String: Int] = [:]
        var contents: [Int: [UInt8]] = [:]
    }

    /// What goes wrong, and from when on.
    struct Faults {
        /// How many bytes can still be written.
        var room = Int.max
        var failsSync = false
        var failsWrite = false
        var failsFolderSync = false
    }

    struct State {
        var image: Image
        var operations: [Operation] = []
        var isLocked = false
        var faults = Faults()
        var random: SeededGenerator
    }

    let start: Image
    let bootIdentity: UInt64
    let state: Mutex<State>

    init(_ image: Image = Image(), boot: UInt64 = 1, seed: UInt64 = 1) {
        start = image
        bootIdentity = boot
        state = Mutex(State(image: image, random: SeededGenerator(seed: seed)))
    }

    var operations: [Operation] { state.withLock { $0.operations } }

    func acknowledge(_ count: Int) {
        state.withLock { $0.operations.append(.acknowledged(count)) }
    }

    func setFaults(_ body: (inout Faults) -> Void) { state.withLock { body(&$0.faults) } }

    /// What is there now.
    var image: Image { state.withLock { $0.image } }

    /// The paths that there are.
    var paths: [String] { state.withLock { $0.image.names.keys.sorted() } }

    func bytes(of path: String) -> [UInt8] {
        state.withLock { state in state.image.names[path].flatMap { state.image.contents[$0] } }
            ?? []
    }

    func setBytes(of path: String, _ body: (inout [UInt8]) -> Void) {
        state.withLock { state in
            guard let file = state.image.names[path] else { return }
            body(&state.image.contents[file, default: []])
        }
    }

    // MARK: The file system

    func makeFolder(_ path: String) throws(StorageError) {}

    func list(_ path: String) throws(StorageError) -> [String]? {
        state.withLock { $0.image.names.keys.map { String($0.dropFirst(path.count + 1)) } }
    }

    func create(_ path: String) throws(StorageError) -> any DurableFile {
        let id = state.withLock { state in
            let id = state.image.contents.count + 1
            state.perform(.create(file: id, path: path))
            return id
        }
        return SimulatedFile(self, id, path)
    }

    func open(_ path: String) throws(StorageError) -> any DurableFile {
        guard let id = state.withLock({ $0.image.names[path] }) else {
            throw StorageError(code: .notFound, message: "there is no \(path)")
        }
        return SimulatedFile(self, id, path)
    }

    func rename(_ path: String, to newPath: String) throws(StorageError) {
        state.withLock { $0.perform(.rename(path, newPath)) }
    }

    func remove(_ path: String) throws(StorageError) {
        state.withLock { $0.perform(.remove(path)) }
    }

    func syncFolder(_ path: String) throws(StorageError) {
        let fails = state.withLock { state in
            if !state.faults.failsFolderSync { state.perform(.syncFolder) }
            return state.faults.failsFolderSync
        }
        if fails { throw Self.broken }
    }

    func lock(_ path: String) throws(StorageError) -> (any FolderLock)? {
        state.withLock { state in
            guard !state.isLocked else { return nil }
            state.isLocked = true
            return SimulatedLock(self)
        }
    }

    func randomNumber() -> UInt64 { state.withLock { $0.random.next() } }

    static var broken: StorageError {
        StorageError(code: .unavailable, message: "the disk is broken")
    }
}

final class SimulatedLock: FolderLock {
    private let disk: SimulatedDisk
    init(_ disk: SimulatedDisk) { self.disk = disk }
    func release() { disk.state.withLock { $0.isLocked = false } }
}

final class SimulatedFile: DurableFile {
    let path: String
    private let disk: SimulatedDisk
    private let id: Int

    init(_ disk: SimulatedDisk, _ id: Int, _ path: String) {
        self.disk = disk
        self.id = id
        self.path = path
    }

    private var content: [UInt8] { disk.state.withLock { $0.image.contents[id] ?? [] } }

    func length() throws(StorageError) -> Int { content.count }

    func read(at offset: Int, count: Int) throws(StorageError) -> [UInt8] {
        Array(content.dropFirst(offset).prefix(count))
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
        let failure = disk.state.withLock { state -> StorageError? in
            if state.faults.failsWrite { return SimulatedDisk.broken }
            let length = state.image.contents[id]?.count ?? 0
            let growth = max(0, offset + bytes.count - length)
            // What overwrites needs no room.
            let fitting = bytes.prefix(bytes.count - max(0, growth - state.faults.room))
            state.faults.room -= min(growth, state.faults.room)
            state.perform(.write(file: id, offset: offset, bytes: Array(fitting)))
            return fitting.count == bytes.count
                ? nil : StorageError(code: .resourceExhausted, message: "the disk is full")
        }
        if let failure { throw failure }
    }

    func sync() throws(StorageError) {
        let fails = disk.state.withLock { state in
            if !state.faults.failsSync { state.perform(.sync(file: id)) }
            return state.faults.failsSync
        }
        if fails { throw SimulatedDisk.broken }
    }

    func truncate(to length: Int) throws(StorageError) {
        disk.state.withLock { state in
            let before = state.image.contents[id]?.count ?? 0
            if before > length, state.faults.room < .max { state.faults.room += before - length }
            state.perform(.truncate(file: id, length: length))
        }
    }
}

extension SimulatedDisk.State {
    fileprivate mutating func perform(_ operation: SimulatedDisk.Operation) {
        operations.append(operation)
        image.perform(operation)
    }
}

extension SimulatedDisk.Image {
    mutating func perform(_ operation: SimulatedDisk.Operation) {
        switch operation {
        case .create(let file, let path):
            names[path] = file
            contents[file] = []
        case .write(let file, let offset, let bytes): write(bytes, at: offset, of: file)
        case .truncate(let file, let length):
            let content = contents[file] ?? []
            contents[file] = Array(content.prefix(length))
        case .rename(let path, let newPath): names[newPath] = names.removeValue(forKey: path)
        case .remove(let path): names[path] = nil
        case .sync, .syncFolder, .acknowledged: break
        }
    }

    mutating func write(_ bytes: some Collection<UInt8>, at offset: Int, of file: Int) {
        guard !bytes.isEmpty else { return }
        var content = contents[file] ?? []
        let end = offset + bytes.count
        if content.count < end {
            content.append(contentsOf: repeatElement(0, count: end - content.count))
        }
        content.replaceSubrange(offset..<end, with: bytes)
        contents[file] = content
    }
}
