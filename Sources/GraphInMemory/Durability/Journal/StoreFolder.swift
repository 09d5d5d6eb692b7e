internal import StorageKit

/// The folder of a stored graph, and the names in it.
///
/// ```
///  lock                                held by who has the store open; empty
///  snapshot-00000000000000000042       the graph after commit 42
///  log-00000000000000000042            the commits behind 42, up to the next log's number
///  *.temporary                         being written; of no worth after a crash
/// ```
struct StoreFolder: Sendable {
    let path: String
    let files: any FileSystem

    enum Name: Hashable {
        case lock
        case temporary(String)
        case snapshot(UInt64)
        case log(UInt64)
    }

    func path(of name: Name) -> String { path + "/" + Self.text(of: name) }

    static func text(of name: Name) -> String {
        switch name {
        case .lock: "lock"
        case .temporary(let name): name
        case .snapshot(let sequence): "snapshot-" + digits(of: sequence)
        case .log(let sequence): "log-" + digits(of: sequence)
        }
    }

    /// With leading zeros, so that a listing is in the order of the commits.
    private static func digits(of sequence: UInt64) -> String {
        let digits = String(sequence)
        return String(repeating: "0", count: 20 - digits.count) + digits
    }

    /// What a file is by its name; `nil` for one that is not of a store.
    private static func name(of text: String) -> Name? {
        if text == "lock" { return .lock }
        if text.hasSuffix(temporarySuffix) {
            return name(of: String(text.dropLast(temporarySuffix.count))) == nil
                ? nil : .temporary(text)
        }
        let parts = text.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let sequence = UInt64(parts[1]) else { return nil }
        let name = parts[0] == "log" ? Name.log(sequence) : .snapshot(sequence)
        return Self.text(of: name) == text ? name : nil
    }

    static let temporarySuffix = ".temporary"

    /// What is in the folder; `nil` when there is none.
    ///
    /// - Throws: ``StorageError/Code/corrupted`` when it is no folder, or one of something else.
    func contents() throws(StorageError) -> FolderContents? {
        let texts: [String]
        do throws(StorageError) {
            guard let found = try files.list(path) else { return nil }
            texts = found
        } catch {
            guard error.native?.name == "ENOTDIR" else { throw error }
            throw StorageError(
                code: .corrupted, message: "\(path) is no folder, and so no stored graph")
        }
        let names = texts.compactMap(Self.name)
        guard texts.isEmpty || !names.isEmpty else {
            throw StorageError(
                code: .corrupted,
                message: "the folder \(path) is not empty and holds no stored graph; name another")
        }
        return FolderContents(names)
    }

    /// Makes a file that has its name only when all of it is on the disk.
    ///
    /// - Parameter write: Writes the file and syncs it.
    /// - Returns: The file, and whether a failure leaves its name in doubt.
    func make<Value>(
        _ name: Name, _ write: (any DurableFile) throws(StorageError) -> Value
    ) throws(FileMakingFailure) -> (any DurableFile, Value) {
        let temporary = path(of: name) + Self.temporarySuffix
        let file: any DurableFile
        let value: Value
        do throws(StorageError) {
            file = try files.create(temporary)
            value = try write(file)
        } catch {
            try? files.remove(temporary)
            throw FileMakingFailure(error: error, isNameInDoubt: false)
        }
        do throws(StorageError) {
            try files.rename(temporary, to: path(of: name))
            try files.syncFolder(path)
        } catch {
            throw FileMakingFailure(error: error, isNameInDoubt: true)
        }
        return (file, value)
    }

    /// Removes what a snapshot has made superfluous, and what was never finished.
    ///
    /// What cannot be removed is removed the next time, and is ignored until then.
    func removeFiles(before sequence: UInt64, temporaryToo: Bool) {
        guard let contents = try? contents() else { return }
        for log in contents.logs where log < sequence { try? files.remove(path(of: .log(log))) }
        for snapshot in contents.snapshots where snapshot < sequence {
            try? files.remove(path(of: .snapshot(snapshot)))
        }
        guard temporaryToo else { return }
        for name in contents.temporaries { try? files.remove(path(of: .temporary(name))) }
    }
}

/// Why a file was not made.
struct FileMakingFailure: Error {
    let error: StorageError
    /// Whether the name may be there after a crash, or not.
    let isNameInDoubt: Bool
}

/// What a store's folder has in it.
struct FolderContents {
    private(set) var snapshots: [UInt64] = []
    private(set) var logs: [UInt64] = []
    private(set) var temporaries: [String] = []

    init(_ names: [StoreFolder.Name]) {
        for name in names {
            switch name {
            case .lock: break
            case .temporary(let name): temporaries.append(name)
            case .snapshot(let sequence): snapshots.append(sequence)
            case .log(let sequence): logs.append(sequence)
            }
        }
        snapshots.sort()
        logs.sort()
    }
}
