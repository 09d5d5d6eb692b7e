#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Where a SQLite database is.
public enum SQLiteLocation: Hashable, Sendable {
    /// In a file; it is created when it does not exist, its folder is not.
    ///
    /// A relative path starts from the folder the process is in when the ``SQLiteDatabase`` is
    /// made.
    case file(String)
    /// In this process's memory, gone when the ``SQLiteDatabase`` is.
    case memory
}

extension SQLiteLocation {
    /// The same place, whatever folder the process moves to.
    var absolute: SQLiteLocation {
        guard case .file(let path) = self, !path.isEmpty, !path.hasPrefix("/") else { return self }
        return .file(FileManager.default.currentDirectoryPath + "/" + path)
    }
}

extension SQLiteLocation: CustomStringConvertible {
    /// The location as errors name it, for example `sqlite:todo.db`.
    public var description: String {
        switch self {
        case .file(let path): "sqlite:\(path)"
        case .memory: "sqlite::memory:"
        }
    }
}
