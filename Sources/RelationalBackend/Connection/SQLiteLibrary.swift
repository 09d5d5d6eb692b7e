internal import CSQLite

/// The SQLite library this process is linked with.
public enum SQLiteLibrary {
    /// Its version, for example `3.40.1`.
    public static var version: String { String(cString: sqlite3_libversion()) }
}
