internal import StorageKit

/// Group commit: statements that wait for the writer at the same moment share one transaction, and
/// with it one sync of the disk.
///
/// ```
///  none ── beginGroup ──▶ begun ── first statement: BEGIN IMMEDIATE ──▶ open
///    ▲                      │                                             │
///    └──── finishGroup ─────┴──────────── finishGroup: COMMIT ────────────┘
/// ```
///
/// A member is one statement, and a statement is its own savepoint: "ABORT: … backs out any changes
/// made by the current SQL statement; but changes caused by prior SQL statements within the same
/// transaction are preserved" (sqlite.org/lang_conflict.html). So a violated constraint is the
/// member's alone. What ends the transaction for all is not: `RAISE(ROLLBACK)`, a full disk, the
/// interruption of a cancelled member. Nor is a deferred foreign key, which only COMMIT would
/// refuse. Then the group is undone and each member is run again by itself, as if there had been no
/// group. A statement has no effect but those that a rollback undoes, which is why members are
/// statements and not the bodies of `write`.
///
/// BEGIN belongs to the first member: that is who waits for another process's lock and is
/// interrupted there.
extension SQLiteSession: BlockingGroupResource {
    /// How far a group has come.
    enum GroupPhase {
        case none
        case begun
        case open
    }

    func beginGroup() { group = .begun }

    var isGroupIntact: Bool {
        group != .open || !handle.isInAutocommit && !handle.hasUnresolvedForeignKeys
    }

    func finishGroup() throws(StorageError) -> Bool {
        defer { group = .none }
        guard group == .open else { return true }
        // Nothing is left to undo after a COMMIT that succeeded.
        defer { rollback() }
        guard isGroupIntact else { return false }
        try commit()
        return true
    }

    /// Runs a statement as a member of the group.
    func writeInGroup<Value>(
        _ body: (SQLiteConnection) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        if group == .begun {
            try connection.execute("BEGIN IMMEDIATE")
            group = .open
        }
        return try body(connection)
    }
}

extension SQLiteLocation {
    /// How many writes share a commit; in memory a commit costs nothing.
    var groups: BlockingGroupLimits? {
        switch self {
        case .file: BlockingGroupLimits()
        case .memory: nil
        }
    }
}
