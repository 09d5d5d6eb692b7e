// swift-tools-version: 6.2
import PackageDescription

// Other Swift libraries, which only the suites of peers are compared with: built when they are
// asked for, since they take minutes.
let hasPeers = Context.environment["STORAGEKIT_BENCH_PEERS"] != nil
let grdb = "https://github.com/groue/GRDB.swift"
let peerPackages: [Package.Dependency] = hasPeers ? [.package(url: grdb, exact: "7.10.0")] : []
let peerProducts: [Target.Dependency] =
    hasPeers ? [.product(name: "GRDB", package: "GRDB.swift")] : []
let peerSettings: [SwiftSetting] = hasPeers ? [.define("PEERS")] : []

// A package of its own, so that what only measuring needs never reaches a user of StorageKit.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "StorageKit", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ] + peerPackages,
    targets: [
        // For their compiler flags alone: libmongoc's and libbson's headers are in folders of their
        // own, and a C target has none of pkg-config by itself.
        .systemLibrary(
            name: "CMongoHeaders", pkgConfig: "libmongoc-1.0",
            providers: [.apt(["libmongoc-dev"])]),
        // The raw C libraries doing the same work, in C, optimised.
        .target(
            name: "CBaseline", dependencies: ["CMongoHeaders"],
            linkerSettings: [
                .linkedLibrary("hiredis"), .linkedLibrary("igraph"), .linkedLibrary("pq"),
                .linkedLibrary("sqlite3"),
            ]),
        .executableTarget(
            name: "storagekit-bench",
            dependencies: [
                "CBaseline",
                .product(name: "DocumentBackend", package: "StorageKit"),
                .product(name: "GraphInMemory", package: "StorageKit"),
                .product(name: "KeyValueBackend", package: "StorageKit"),
                .product(name: "PostgresBackend", package: "StorageKit"),
                .product(name: "RelationalBackend", package: "StorageKit"),
                .product(name: "StorageKit", package: "StorageKit"),
                .product(name: "StorageKitBSON", package: "StorageKit"),
                .product(name: "StorageKitInMemory", package: "StorageKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ] + peerProducts,
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            ] + peerSettings),
    ]
)
