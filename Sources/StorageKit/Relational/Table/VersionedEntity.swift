/// An entity that carries the version of its row, so that nobody overwrites what he has not seen.
///
/// ```swift
/// struct Todo: Codable, VersionedEntity { var id: Int; var title: String; var version = 0 }
///
/// var todo = try await todos.get(1)!      // version 4
/// todo.title = "Water the plants"
/// try await todos.replace(&todo)          // version 5 now; conflict if somebody was faster
/// ```
///
/// That is optimistic locking: no lock is held while a person, or another program, thinks. It has
/// the price that the slower one of two has to read again. A ``TableRepository`` of such entities
/// counts the version of a row up with each change; see there what each call does with it.
public protocol VersionedEntity: Identifiable {
    /// The version of the row that the entity was read from; what a new one begins with.
    var version: Int { get set }

    /// The column of the version, an integer that is never NULL: the coding key of ``version``.
    static var versionColumn: String { get }
}

extension VersionedEntity {
    /// `version`.
    public static var versionColumn: String { "version" }
}
