/// The arrows between modules, and where C may be seen.
enum ImportRules {
    /// The files that own a C handle: the only ones of the package that import its module.
    ///
    /// Whoever adds one says here what it owns.
    static let handleOwners: Set<String> = [
        "Sources/DocumentBackend/Connection/MongoConnectionString.swift",
        "Sources/DocumentBackend/Database/MongoCore.swift",  // no handle: names of options
        "Sources/DocumentBackend/Errors/MongoErrorMapping.swift",  // no handle: its codes
        "Sources/DocumentBackend/Errors/MongoErrorTable.swift",  // no handle: its codes
        "Sources/DocumentBackend/Errors/MongoErrorText.swift",  // no handle: its words
        "Sources/DocumentBackend/Handle/MongoClientPool.swift",
        "Sources/DocumentBackend/Handle/MongoLibrary.swift",  // no handle: the library itself
        "Sources/DocumentBackend/Handle/MongoReadPreferenceHandle.swift",
        "Sources/DocumentBackend/Handle/MongoReply.swift",
        "Sources/DocumentBackend/Session/MongoCursor.swift",
        "Sources/DocumentBackend/Session/MongoSession+Modifying.swift",
        "Sources/DocumentBackend/Session/MongoSession+Reading.swift",
        "Sources/DocumentBackend/Session/MongoSession+Writing.swift",
        "Sources/DocumentBackend/Session/MongoSession.swift",
        "Sources/DocumentBackend/Session/MongoSessionKiller.swift",
        "Sources/DocumentBackend/Transactions/MongoSession+Transactions.swift",
        "Sources/KeyValueBackend/Cache/ZlibCompression.swift",  // no handle: two functions
        "Sources/KeyValueBackend/Protocol/ReplyReader.swift",
        "Sources/KeyValueBackend/Scripts/ScriptDigest.swift",  // no handle: one function
        "Sources/KeyValueBackend/Transport/TLSChannel.swift",
        "Sources/KeyValueBackend/Transport/TLSContext.swift",
        "Sources/KeyValueBackend/Transport/TLSErrorMapping.swift",  // no handle: its codes
        "Sources/KeyValueBackend/Transport/TLSServerName.swift",  // no handle of its own: a setting
        "Sources/KeyValueBackend/Transport/TLSSocket.swift",
        "Sources/PostgresBackend/Handle/ConnectionOptions.swift",  // no handle: a string
        "Sources/PostgresBackend/Handle/PostgresCanceller.swift",
        "Sources/PostgresBackend/Handle/PostgresHandle.swift",
        "Sources/PostgresBackend/Handle/PostgresHandle+Connecting.swift",
        "Sources/PostgresBackend/Handle/PostgresHandle+Copy.swift",
        "Sources/PostgresBackend/Handle/PostgresHandle+Notifications.swift",
        "Sources/PostgresBackend/Handle/PostgresHandle+Results.swift",
        "Sources/PostgresBackend/Handle/PostgresHandle+Sending.swift",
        "Sources/RelationalBackend/Connection/SQLiteBusyHandler.swift",  // no handle: a pause
        "Sources/RelationalBackend/Connection/SQLiteErrorMapping.swift",  // no handle: its codes
        "Sources/RelationalBackend/Backup/SQLiteBackup.swift",
        "Sources/RelationalBackend/Connection/SQLiteHandle.swift",
        "Sources/RelationalBackend/Connection/SQLiteLibrary.swift",  // no handle: a version
        "Sources/RelationalBackend/Functions/SQLiteArgument.swift",  // borrows for a call
        "Sources/RelationalBackend/Functions/SQLiteFunctionCall.swift",  // borrows for a call
        "Sources/RelationalBackend/Functions/SQLiteHandle+Functions.swift",
        "Sources/RelationalBackend/Observation/SQLiteHandle+Observation.swift",
        "Sources/RelationalBackend/Statement/SQLiteCell.swift",
        "Sources/RelationalBackend/Statement/SQLiteStatement.swift",
        "Sources/RelationalBackend/Statement/SQLiteStatement+Binding.swift",
        "Sources/StorageKitBSON/Buffer/BSONBuffer+Identifier.swift",
        "Sources/StorageKitBSON/Buffer/BSONBuffer.swift",
        "Sources/StorageKitBSON/Buffer/BSONOutput.swift",
        "Tests/DocumentBackendTests/Support/MongoDatabase+Raw.swift",  // by the native hatch
    ]

    /// The C libraries' modules.
    static let cModules: Set<String> = [
        "CSQLite", "CHiredis", "COpenSSL", "CZlib", "CLibMongoC", "CLibBSON", "CLibPQ",
    ]

    /// C modules are imported by handle owners alone, and not passed on.
    static func cImports(_ file: SourceFile) -> [Violation] {
        guard !file.isUnder("Tests/ServerTests"), !file.isUnder("Benchmarks") else { return [] }
        return imports(of: file).filter { cModules.contains($0.module) }.compactMap { found in
            guard handleOwners.contains(file.path) else {
                return file.violation(found.line, "\(found.module) outside a handle owner")
            }
            guard found.attributes != "internal" else { return nil }
            return file.violation(found.line, "\(found.module) without internal import")
        }
    }

    /// Each target imports only what its place in the design lets it see.
    static func arrows(_ file: SourceFile) -> [Violation] {
        // Test targets see what they test; what they share must judge it from outside.
        guard file.isSwift, file.parts.count > 2 else { return [] }
        guard file.parts[0] == "Sources" || file.isUnder("Tests/TestSupport") else { return [] }
        let target = String(file.parts[1])
        guard let allowed = arrowsByTarget[target] else {
            return [file.violation(1, "\(target) has no arrows yet; add them to ImportRules")]
        }
        let further = foundationFolders.contains(where: file.isUnder) ? foundation : []
        return imports(of: file).compactMap { found in
            guard !allowed.contains(found.module), !further.contains(found.module) else {
                return nil
            }
            return file.violation(found.line, "\(target) must not import \(found.module)")
        }
    }

    /// The modules that come with the compiler and the system, threads included.
    private static let platform: Set<String> = [
        "Swift", "Synchronization", "Dispatch", "Glibc", "Musl", "Darwin", "Bionic", "Android",
    ]
    /// Dates and UUIDs are columns and fields, and Codable values are JSON: docs/decisions/0004.
    private static let foundationFolders = [
        "Sources/StorageKit/Document/Values", "Sources/StorageKit/Document/Coding",
        "Sources/StorageKit/Cursors",
        "Sources/StorageKit/Relational", "Sources/StorageKit/KeyValue/Codec",
        "Sources/StorageKitTesting/RelationalLaws",
        "Sources/StorageKitTesting/BrokenRelationalStores",
    ]
    private static let foundation: Set<String> = ["Foundation", "FoundationEssentials"]
    private static let interfaces: Set<String> = ["Logging", "Metrics", "Tracing"]

    private static let arrowsByTarget: [String: Set<String>] = {
        var arrows: [String: Set<String>] = [
            "StorageKit": platform.union(interfaces),
            "StorageKitTesting": platform.union(["StorageKit"]),
            "StorageKitInMemory": platform.union(["StorageKit"]),
            "StorageKitObservability": platform.union(["StorageKit", "Metrics", "Tracing"]),
            "GraphInMemory": platform.union(foundation).union(["StorageKit"]),
            "TestSupport": platform.union(foundation)
                .union(["StorageKit", "StorageKitTesting", "Testing"]),
        ]
        let backends: [String: Set<String>] = [
            "RelationalBackend": ["CSQLite"],
            "KeyValueBackend": ["CHiredis", "COpenSSL", "CZlib"],
            "StorageKitBSON": ["CLibBSON"],
            "DocumentBackend": ["CLibMongoC", "CLibBSON", "StorageKitBSON"],
            "DocumentEmbedded": ["CSQLite", "CLibBSON", "StorageKitBSON"],
            "PostgresBackend": ["CLibPQ"],
        ]
        for (target, modules) in backends {
            arrows[target] = platform.union(foundation).union(["StorageKit"]).union(modules)
        }
        let ours = Set(arrows.keys).subtracting(["TestSupport"])
        for target in ["Examples", "storagekit"] {
            arrows[target] = platform.union(foundation).union(ours).union(["ArgumentParser"])
        }
        arrows["Examples"]?.insert("ExampleSupport")
        return arrows
    }()
}

extension ImportRules {
    /// An import declaration.
    struct Import: Hashable {
        var line: Int
        /// `internal`, `public`, `@testable` or nothing.
        var attributes: String
        var module: String
    }

    /// The imports of a Swift file; of `import struct A.B` the module is `A`.
    static func imports(of file: SourceFile) -> [Import] {
        guard file.isSwift else { return [] }
        let kinds = /(?:typealias|struct|class|enum|protocol|let|var|func)\s+/
        let declaration = /^\s*(?<attributes>(?:[@\w()]+\s+)*?)import\s+(?<rest>.+)$/
        return file.numberedCode.compactMap { number, line in
            guard let match = line.wholeMatch(of: declaration) else { return nil }
            let rest = match.rest.trimmingPrefix(kinds)
            let module = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            return Import(
                line: number, attributes: String(match.attributes.trimmed), module: String(module))
        }
    }
}
