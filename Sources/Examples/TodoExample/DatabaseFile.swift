import Foundation

/// The file the example works on: the user's, or a temporary one.
struct DatabaseFile {
    let path: String
    private let temporaryFolder: URL?

    init(path: String?) throws {
        if let path {
            self.path = path
            temporaryFolder = nil
            return
        }
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("todo-example-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.path = folder.appendingPathComponent("todo.db").path
        temporaryFolder = folder
    }

    /// Removes what is temporary.
    func remove() {
        if let temporaryFolder { try? FileManager.default.removeItem(at: temporaryFolder) }
    }
}
