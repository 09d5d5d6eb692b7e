public import StorageKit

// A broken store has the refinements of the one it breaks; these have no calls of their own.
extension BrokenRelationalStore: UpsertQuerying where Base: UpsertQuerying {}
extension BrokenRelationalStore: ReturningQuerying where Base: ReturningQuerying {}
extension BrokenRelationalConnection: UpsertQuerying where Base: UpsertQuerying {}
extension BrokenRelationalConnection: ReturningQuerying where Base: ReturningQuerying {}
