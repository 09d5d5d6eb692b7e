// swift-tools-version: 6.2
import PackageDescription

// Every target is compiled in language mode 6 with the upcoming features below. Continuous
// integration sets `STORAGEKIT_STRICT` so that a warning is an error there and only there: a new
// compiler's warning must not break somebody who merely depends on the package.
let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (Context.environment["STORAGEKIT_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "StorageKit",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [
        .library(name: "StorageKit", targets: ["StorageKit"]),
        .library(name: "StorageKitTesting", targets: ["StorageKitTesting"]),
        .library(name: "StorageKitInMemory", targets: ["StorageKitInMemory"]),
        .library(name: "StorageKitObservability", targets: ["StorageKitObservability"]),
        .library(name: "KeyValueBackend", targets: ["KeyValueBackend"]),
        .library(name: "RelationalBackend", targets: ["RelationalBackend"]),
        .library(name: "PostgresBackend", targets: ["PostgresBackend"]),
        .library(name: "StorageKitBSON", targets: ["StorageKitBSON"]),
        .library(name: "DocumentBackend", targets: ["DocumentBackend"]),
        .library(name: "GraphInMemory", targets: ["GraphInMemory"]),
        .executable(name: "todo-example", targets: ["TodoExample"]),
        .executable(name: "key-value-example", targets: ["KeyValueExample"]),
        .executable(name: "relational-example", targets: ["RelationalExample"]),
        .executable(name: "document-example", targets: ["DocumentExample"]),
        .executable(name: "graph-example", targets: ["GraphExample"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // For StorageKitObservability alone: who does not use it does not build them.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
    ],
    targets: [
        // The C libraries: a module map and nothing else. Only handle owners import them.
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .systemLibrary(
            name: "CHiredis", pkgConfig: "hiredis",
            providers: [.apt(["libhiredis-dev"]), .brew(["hiredis"])]),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        // Its header is where the compiler looks; its pkg-config flags are refused with a warning.
        .systemLibrary(
            name: "CZlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "CLibBSON", pkgConfig: "libbson-1.0",
            providers: [.apt(["libbson-dev"]), .brew(["mongo-c-driver"])]),
        .systemLibrary(
            name: "CLibMongoC", pkgConfig: "libmongoc-1.0",
            providers: [.apt(["libmongoc-dev"]), .brew(["mongo-c-driver"])]),
        .systemLibrary(
            name: "CLibPQ", pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),

        .target(name: "StorageKit", swiftSettings: settings),
        .target(
            name: "StorageKitTesting", dependencies: ["StorageKit"], swiftSettings: settings),
        .target(
            name: "StorageKitInMemory", dependencies: ["StorageKit"], swiftSettings: settings),
        .target(
            name: "StorageKitObservability",
            dependencies: [
                "StorageKit", .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: settings),
        .target(
            name: "KeyValueBackend",
            dependencies: ["StorageKit", "CHiredis", "COpenSSL", "CZlib"],
            swiftSettings: settings),
        .target(
            name: "RelationalBackend", dependencies: ["StorageKit", "CSQLite"],
            swiftSettings: settings),
        .target(
            name: "PostgresBackend", dependencies: ["StorageKit", "CLibPQ"],
            swiftSettings: settings),
        .target(
            name: "StorageKitBSON", dependencies: ["StorageKit", "CLibBSON"],
            swiftSettings: settings),
        .target(
            name: "DocumentBackend",
            dependencies: ["StorageKit", "StorageKitBSON", "CLibMongoC", "CLibBSON"],
            swiftSettings: settings),

        .target(name: "GraphInMemory", dependencies: ["StorageKit"], swiftSettings: settings),

        // What the examples share: their output.
        .target(
            name: "ExampleSupport", path: "Sources/Examples/ExampleSupport",
            swiftSettings: settings),
        .executableTarget(
            name: "TodoExample",
            dependencies: [
                "StorageKit", "RelationalBackend", "PostgresBackend", "KeyValueBackend",
                "StorageKitInMemory", "StorageKitTesting", "ExampleSupport", argumentParser,
            ],
            path: "Sources/Examples/TodoExample", exclude: ["README.md"],
            swiftSettings: settings),
        .executableTarget(
            name: "KeyValueExample",
            dependencies: [
                "StorageKit", "StorageKitInMemory", "KeyValueBackend", "StorageKitTesting",
                "ExampleSupport", argumentParser,
            ],
            path: "Sources/Examples/KeyValueExample", exclude: ["README.md"],
            swiftSettings: settings),

        .executableTarget(
            name: "RelationalExample",
            dependencies: [
                "StorageKit", "RelationalBackend", "PostgresBackend", "ExampleSupport",
                argumentParser,
            ],
            path: "Sources/Examples/RelationalExample", exclude: ["README.md"],
            swiftSettings: settings),
        .executableTarget(
            name: "DocumentExample",
            dependencies: [
                "StorageKit", "StorageKitInMemory", "DocumentBackend", "ExampleSupport",
                argumentParser,
            ],
            path: "Sources/Examples/DocumentExample", exclude: ["README.md"],
            swiftSettings: settings),
        .executableTarget(
            name: "GraphExample",
            dependencies: ["StorageKit", "GraphInMemory", "ExampleSupport", argumentParser],
            path: "Sources/Examples/GraphExample",
            exclude: ["README.md", "OpenFlights/LICENSE", "OpenFlights/NOTICE.md"],
            swiftSettings: settings),

        // Faults on real servers, and the typed queries that each database answers the same.
        .target(
            name: "TestSupport", dependencies: ["StorageKit", "StorageKitTesting"],
            path: "Tests/TestSupport",
            swiftSettings: settings),

        // One of the processes whose calls a test records, and kills.
        .executableTarget(
            name: "CacheHistoryWorker",
            dependencies: [
                "KeyValueBackend", "RelationalBackend", "PostgresBackend", "StorageKit",
                "StorageKitTesting",
            ],
            path: "Tests/CacheHistoryWorker", swiftSettings: settings),
        .testTarget(
            name: "KeyValueBackendTests",
            dependencies: [
                "KeyValueBackend", "StorageKitInMemory", "StorageKit", "StorageKitTesting",
                "TestSupport", "CacheHistoryWorker",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "StorageKitInMemoryTests",
            dependencies: ["StorageKitInMemory", "StorageKit", "StorageKitTesting"],
            swiftSettings: settings),
        // Killed by a test, in the middle of its writes.
        .executableTarget(
            name: "SQLiteCrashWriter", dependencies: ["RelationalBackend", "StorageKit"],
            path: "Tests/SQLiteCrashWriter", swiftSettings: settings),
        .testTarget(
            name: "RelationalBackendTests",
            dependencies: [
                "RelationalBackend", "StorageKit", "StorageKitTesting", "TestSupport",
                "SQLiteCrashWriter",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "PostgresBackendTests",
            dependencies: [
                "PostgresBackend", "RelationalBackend", "StorageKit", "StorageKitTesting",
                "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "StorageKitBSONTests",
            dependencies: ["StorageKitBSON", "StorageKit", "StorageKitTesting"],
            swiftSettings: settings),
        .testTarget(
            name: "DocumentBackendTests",
            dependencies: [
                "DocumentBackend", "StorageKitBSON", "StorageKitInMemory", "StorageKit",
                "StorageKitTesting", "TestSupport", "CLibMongoC", "CLibBSON",
            ],
            swiftSettings: settings),
        // Killed by a test, in the middle of its writes.
        .executableTarget(
            name: "GraphCrashWriter", dependencies: ["GraphInMemory", "StorageKit"],
            path: "Tests/GraphCrashWriter", swiftSettings: settings),
        .testTarget(
            name: "GraphInMemoryTests",
            dependencies: [
                "GraphInMemory", "StorageKit", "StorageKitTesting", "TestSupport",
                "GraphCrashWriter",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "StorageKitObservabilityTests",
            dependencies: [
                "StorageKitObservability", "StorageKit", "StorageKitTesting",
                .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "StorageKitTests", dependencies: ["StorageKit", "StorageKitTesting"],
            swiftSettings: settings),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "CSQLite", "CHiredis", "CLibMongoC", "CLibBSON", "CLibPQ", "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "StorageKitTestingTests", dependencies: ["StorageKit", "StorageKitTesting"],
            swiftSettings: settings),
        .testTarget(
            name: "TestSupportTests", dependencies: ["TestSupport"], swiftSettings: settings),
        .testTarget(name: "TidyTests", swiftSettings: settings),
    ]
)
