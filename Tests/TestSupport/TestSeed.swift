import Foundation

/// The seed of this run: `STORAGEKIT_SEED` in the environment, or the same one every time.
package let testSeed: UInt64 =
    ProcessInfo.processInfo.environment["STORAGEKIT_SEED"].flatMap(UInt64.init) ?? 20_260_101
