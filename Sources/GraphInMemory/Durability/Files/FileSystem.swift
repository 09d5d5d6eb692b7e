internal import StorageKit

/// What durability needs of the system, so that a test can be the system and fail at any byte.
protocol FileSystem: Sendable {
    /// Makes a folder, durably, unless it is there.
    func makeFolder(_ path: String) throws(StorageError)

    /// The names of what is in a folder, in no order; `nil` when there is nothing of that name.
    func list(_ path: String) throws(StorageError) -> [String]?

    /// Opens a file for reading and writing: an empty one, whatever was there.
    func create(_ path: String) throws(StorageError) -> any DurableFile

    /// Opens a file that is there for reading and writing.
    func open(_ path: String) throws(StorageError) -> any DurableFile

    /// Gives a file another name, at once and in place of what had the name.
    func rename(_ path: String, to newPath: String) throws(StorageError)

    func remove(_ path: String) throws(StorageError)

    /// Returns when the names in a folder are on the disk.
    func syncFolder(_ path: String) throws(StorageError)

    /// Takes the lock of a file, which it makes; `nil` when somebody else has it.
    func lock(_ path: String) throws(StorageError) -> (any FolderLock)?

    /// A number that is the system's until it is started anew; 0 when it does not say.
    var bootIdentity: UInt64 { get }

    /// A number that nobody else has drawn.
    func randomNumber() -> UInt64
}

/// A file that is open for reading and writing.
///
/// It is closed when its last owner lets go of it. One thread uses it at a time.
protocol DurableFile: AnyObject, Sendable {
    var path: String { get }

    func length() throws(StorageError) -> Int

    /// The bytes at a place, fewer at the end of the file.
    func read(at offset: Int, count: Int) throws(StorageError) -> [UInt8]

    /// Writes all the bytes at a place.
    ///
    /// - Throws: ``StorageError/Code/resourceExhausted`` when there is no room; any part of it may
    ///   be written then.
    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError)

    /// Returns when what was written is on the disk.
    func sync() throws(StorageError)

    func truncate(to length: Int) throws(StorageError)
}

/// A lock that is held.
protocol FolderLock: AnyObject, Sendable {
    /// Gives it back; once is enough.
    func release()
}
