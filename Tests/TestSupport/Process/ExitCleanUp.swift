import Foundation
import Synchronization

/// What has to be undone when the process exits before the object that would have undone it goes,
/// as one held by a static property never does.
enum ExitCleanUp {
    typealias Token = UInt64

    private struct Pending {
        var next: Token = 0
        var actions: [Token: @Sendable () -> Void] = [:]
    }

    private static let pending = Mutex(Pending())
    private static let isInstalled: Bool = atexit { ExitCleanUp.runAll() } == 0

    static func add(_ action: @escaping @Sendable () -> Void) -> Token {
        _ = isInstalled
        return pending.withLock { pending in
            pending.next += 1
            pending.actions[pending.next] = action
            return pending.next
        }
    }

    /// Runs the action now and not at the exit; at most once.
    static func run(_ token: Token) {
        pending.withLock { $0.actions.removeValue(forKey: token) }?()
    }

    /// The youngest first: a server ends before its folder is removed.
    private static func runAll() {
        let actions = pending.withLock { pending in
            defer { pending.actions = [:] }
            return pending.actions.sorted { $0.key > $1.key }.map(\.value)
        }
        for action in actions { action() }
    }
}
