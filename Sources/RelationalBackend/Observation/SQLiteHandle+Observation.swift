internal import CSQLite
internal import StorageKit

// The hooks that tell which tables are written. They are there only while somebody observes.
extension SQLiteHandle {
    /// Begins to report committed changes to a hub.
    func track(for hub: TableChangeHub) {
        guard tracker == nil else { return }
        let tracker = SQLiteChangeTracker(hub: hub)
        self.tracker = tracker
        // Unretained: the tracker is this handle's, which takes the hooks away before it goes.
        let context = Unmanaged.passUnretained(tracker).toOpaque()
        sqlite3_set_authorizer(pointer, Self.noteWrites, context)
        sqlite3_commit_hook(
            pointer,
            { context in
                SQLiteHandle.tracker(context)?.tables.commit()
                return 0
            }, context)
        sqlite3_rollback_hook(
            pointer, { SQLiteHandle.tracker($0)?.tables.rollback() }, context)
    }

    /// Takes the hooks away.
    func stopTracking() {
        guard tracker != nil else { return }
        sqlite3_set_authorizer(pointer, nil, nil)
        sqlite3_commit_hook(pointer, nil, nil)
        sqlite3_rollback_hook(pointer, nil, nil)
        tracker = nil
    }

    /// Publishes what is committed, when a statement or script has ended.
    func settleChanges() {
        guard let tracker else { return }
        let isWriting = sqlite3_txn_state(pointer, nil) == SQLITE_TXN_WRITE
        tracker.settle(isWriting: isWriting)
        if !isWriting, !tracker.hub.isObserved { stopTracking() }
    }

    /// Asked for each table that a statement would write, when it is compiled.
    ///
    /// It refuses nothing.
    private static let noteWrites:
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
            UnsafePointer<CChar>?, UnsafePointer<CChar>?
        ) -> Int32 = { context, action, first, second, database, _ in
            let table: UnsafePointer<CChar>?
            switch action {
            case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE, SQLITE_CREATE_TABLE,
                SQLITE_DROP_TABLE, SQLITE_CREATE_VTABLE, SQLITE_DROP_VTABLE:
                // Temporary tables are this connection's own; nobody can read them.
                if let database, String(cString: database) == "temp" { return SQLITE_OK }
                table = first
            case SQLITE_ALTER_TABLE: table = second
            default: return SQLITE_OK
            }
            let isSchema = ![SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE].contains(action)
            if let table {
                SQLiteHandle.tracker(context)?.tables.compile(
                    String(cString: table), isSchema: isSchema)
            }
            return SQLITE_OK
        }

    private static func tracker(_ context: UnsafeMutableRawPointer?) -> SQLiteChangeTracker? {
        context.map { Unmanaged<SQLiteChangeTracker>.fromOpaque($0).takeUnretainedValue() }
    }
}
