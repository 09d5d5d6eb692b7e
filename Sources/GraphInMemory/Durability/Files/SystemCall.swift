#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import StorageKit

/// Calls that answer with a number below zero for a failure, and may be cut short by a signal.
enum SystemCall {
    static func number(
        _ what: String, _ path: String, _ call: () -> Int32
    ) throws(StorageError) -> Int32 {
        while true {
            let number = call()
            if number >= 0 { return number }
            let failure = errno
            guard failure == EINTR else { throw FileFailure.make(failure, what, path) }
        }
    }
}

/// The functions that have the names of methods.
func systemOpen(_ path: String, _ flags: Int32, _ rights: mode_t) -> Int32 {
    #if canImport(Darwin)
    Darwin.open(path, flags, rights)
    #elseif canImport(Glibc)
    Glibc.open(path, flags, rights)
    #else
    Musl.open(path, flags, rights)
    #endif
}

func systemClose(_ descriptor: Int32) {
    #if canImport(Darwin)
    _ = Darwin.close(descriptor)
    #elseif canImport(Glibc)
    _ = Glibc.close(descriptor)
    #else
    _ = Musl.close(descriptor)
    #endif
}

func systemRename(_ path: String, _ newPath: String) -> Int32 {
    #if canImport(Darwin)
    Darwin.rename(path, newPath)
    #elseif canImport(Glibc)
    Glibc.rename(path, newPath)
    #else
    Musl.rename(path, newPath)
    #endif
}
