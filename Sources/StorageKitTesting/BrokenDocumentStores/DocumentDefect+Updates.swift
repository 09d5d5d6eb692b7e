import StorageKit

extension DocumentDefect {
    /// What becomes of an update on its way to the store.
    func changed(_ update: DocumentUpdate) -> DocumentUpdate {
        var changes = update.changes
        switch self {
        case .forgetsSetOnInsert:
            changes.removeAll { if case .setOnInsert = $0 { true } else { false } }
        case .lastChangeWins: changes = Array(changes.suffix(1))
        case .ignoresIDChanges: changes.removeAll { Self.touchesID($0) }
        default: changes = changes.map { changedNumber($0) ?? changedArray($0) ?? $0 }
        }
        // An update has to have a change; this one does nothing.
        if changes.isEmpty, !update.changes.isEmpty { changes = [.unset("nothing")] }
        let keepsFilters = self != .takesAllForFiltered
        return DocumentUpdate(changes, arrayFilters: keepsFilters ? update.arrayFilters : [])
    }

    private static func touchesID(_ change: DocumentChange) -> Bool {
        if case .rename("_id", _) = change { return true }
        return change.path == "_id"
    }

    private func changedNumber(_ change: DocumentChange) -> DocumentChange? {
        switch (self, change) {
        case (.setsWholeNumbers, .set(let path, .double(let number))):
            Int64(exactly: number).map { .set(path, .int64($0)) }
        case (.unsetsToNull, .unset(let path)): .set(path, .null)
        case (.replacesNumbers, .increment(let path, let amount)): .set(path, amount)
        case (.widensNumbers, .increment(let path, .int32(let amount))):
            .increment(path, by: .int64(Int64(amount)))
        case (.addsForMultiplying, .multiply(let path, let factor)): .increment(path, by: factor)
        case (.alwaysLowers, .lower(let path, let value)): .set(path, value)
        case (.losesRenamed, .rename(let path, _)): .unset(path)
        case (.standsStill, .currentDate(let path)):
            .set(path, .date(DocumentDate(millisecondsSince1970: 0)))
        default: nil
        }
    }

    private func changedArray(_ change: DocumentChange) -> DocumentChange? {
        switch (self, change) {
        case (.pushesToPlaces, .set("a.4", let value)): .push("a", DocumentPush([value]))
        case (.setsForPushing, .push(let path, let push)): .set(path, .array(push.values))
        case (.pushesBehind, .push(let path, let push)):
            .push(path, DocumentPush(push.values, sorting: push.sorting, slice: push.slice))
        case (.neverSortsPushed, .push(let path, let push)):
            .push(path, DocumentPush(push.values, position: push.position, slice: push.slice))
        case (.addsTwice, .addToSet(let path, let values)): .push(path, DocumentPush(values))
        case (.pullsDeeply, .pull(let path, .values(let values))):
            .pull(path, .matching(.oneOf(values)))
        case (.pullsScalars, .pull(let path, .matching(let predicate))):
            .pull(path, .matching(.both([predicate, .not(.type([.array]))])))
        case (.pullsOthers, .pull(let path, .elements(let filter))):
            .pull(path, .elements(.neither([filter])))
        case (.popsOtherEnd, .pop(let path, let end)): .pop(path, end == .first ? .last : .first)
        case (.takesFirstForMatched, .set(let path, let value)):
            .set(Self.replaced("$", by: "0", in: path), value)
        case (.takesFirstForAll, .increment(let path, let value)):
            .increment(Self.replaced("$[]", by: "0", in: path), by: value)
        case (.takesAllForFiltered, .set(let path, let value)):
            .set(Self.replaced("$[e]", by: "$[]", in: path), value)
        default: nil
        }
    }

    private static func replaced(
        _ name: String, by other: String, in path: DocumentPath
    ) -> DocumentPath {
        let names = path.components.map { $0 == name ? other : $0 }
        return DocumentPath(names.joined(separator: "."))
    }
}
