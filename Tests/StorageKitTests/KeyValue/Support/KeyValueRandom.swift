import Foundation
import StorageKit
import StorageKitTesting

/// The seed of this run: `STORAGEKIT_SEED` in the environment, or the same one every time.
let keyValueSeed: UInt64 =
    ProcessInfo.processInfo.environment["STORAGEKIT_SEED"].flatMap(UInt64.init) ?? 20_260_101

extension SeededGenerator {
    /// A short text of few letters, among them those that a namespace treats in a special way, so
    /// that texts are often equal, or begin alike.
    mutating func name() -> String {
        String(
            (0..<Int.random(in: 0...4, using: &self)).map { _ in
                "ab:/%23AF".randomElement(using: &self) ?? "a"
            })
    }

    /// Bytes of any value.
    mutating func bytes(upTo count: Int = 12) -> ByteString {
        ByteString(
            (0..<Int.random(in: 0...count, using: &self)).map { _ in
                UInt8.random(in: 0...255, using: &self)
            })
    }
}
