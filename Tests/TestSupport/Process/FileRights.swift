import Foundation

/// What a thread may do with files.
package enum FileRights {
    /// Takes from the calling thread, and no other, what root may do with any file.
    ///
    /// Whoever is not root has nothing to lose. "A process' filesystem user ID … is used by the
    /// kernel for all accesses to the file system", and with it go the capabilities to pass over
    /// permissions (setfsuid(2), capabilities(7)). Swift's Glibc does not have the function, the
    /// library has.
    package static func renounce() throws {
        #if os(Linux)
        guard geteuid() == 0 else { return }
        guard let symbol = dlsym(nil, "setfsuid") else { throw TestFailure("no setfsuid") }
        // It is safe: sys/fsuid.h declares int setfsuid(uid_t).
        let setUser = unsafeBitCast(symbol, to: (@convention(c) (uid_t) -> Int32).self)
        _ = setUser(nobody)
        // It returns the user before, and so tells of no failure: the second call does.
        guard setUser(nobody) == Int32(nobody) else { throw TestFailure("setfsuid was refused") }
        #endif
    }

    private static let nobody: uid_t = 65534
}
