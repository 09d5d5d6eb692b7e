import Foundation

/// Strings as C programs hold them: terminated, at fixed addresses.
// @unchecked Sendable: never changed after `init`.
final class CStringArray: @unchecked Sendable {
    let pointers: [UnsafePointer<CChar>?]

    init(_ strings: [String]) { pointers = strings.map { UnsafePointer(strdup($0)) } }

    deinit { for pointer in pointers { free(UnsafeMutablePointer(mutating: pointer)) } }
}
