import Foundation

/// The files of this repository, without what builds leave behind.
struct SourceTree: Sendable {
    let files: [SourceFile]

    /// The repository this test lies in, read once.
    static let repository = SourceTree(root: root)

    private static var root: URL {
        // Root, Tests, TidyTests, Tree, this file.
        (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    }

    private init(root: URL) {
        let paths = FileManager.default.enumerator(atPath: root.path)
        var files: [SourceFile] = []
        while let path = paths?.nextObject() as? String {
            if Self.isSkipped(path) {
                paths?.skipDescendants()
            } else if let file = Self.read(path, in: root) {
                files.append(file)
            }
        }
        self.files = files.sorted { $0.path < $1.path }
    }

    /// Hidden folders belong to tools, `.ci` excepted.
    private static func isSkipped(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return name.hasPrefix(".") && name != ".ci" && name != ".swift-format"
    }

    /// The file, unless it is a folder or no text.
    private static func read(_ path: String, in root: URL) -> SourceFile? {
        let url = root.appending(path: path)
        guard let data = try? Data(contentsOf: url) else { return nil }
        guard let text = String(data: data, encoding: .utf8) else { return nil }
        let isExecutable = FileManager.default.isExecutableFile(atPath: url.path)
        return SourceFile(path, text, isExecutable: isExecutable)
    }
}
