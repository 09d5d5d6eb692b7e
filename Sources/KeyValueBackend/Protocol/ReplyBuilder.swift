internal import StorageKit

/// Puts a reply together from its parts, which come in order: an array before its elements.
///
/// ```
///   *2 *1 :5 $1 a      array(2)  array(1)  integer(5)   string(a)
///   open arrays        [ ]       [ ] [ ]   [ [5] ]      complete: [ [5], a ]
/// ```
///
/// A value is built once, in the place where the caller gets it; no tree is copied. An announced
/// length is never trusted with memory: an array grows with the elements that do come.
struct ReplyBuilder {
    private struct OpenArray {
        var missing: Int
        var elements: [RedisReply]
    }

    private var open: [OpenArray] = []
    /// About how much memory the reply in the making takes.
    private(set) var byteCount = 0
    /// The reply that is complete and was not taken yet.
    private var complete: RedisReply?

    /// Memory set aside for an array before its elements come.
    private static let maximumReserve = 4096

    /// How many arrays may stand within one another.
    ///
    /// Letting a reply go, comparing and printing it are recursive: without a bound a peer could
    /// have the stack overflow.
    static let maximumDepth = 128

    /// Begins an array; its elements follow.
    ///
    /// - Returns: Whether it may stand so deep; if not, nothing was begun.
    mutating func beginArray(_ count: Int) -> Bool {
        guard open.count < Self.maximumDepth else { return false }
        guard count > 0 else {
            add(.array([]))
            return true
        }
        var elements: [RedisReply] = []
        elements.reserveCapacity(min(count, Self.maximumReserve))
        open.append(OpenArray(missing: count, elements: elements))
        return true
    }

    /// Adds a value, and closes the arrays that it was the last element of.
    ///
    /// - Parameter count: How many bytes it has.
    mutating func add(_ value: RedisReply, bytes count: Int = 0) {
        byteCount += MemoryLayout<RedisReply>.stride + count
        guard !open.isEmpty else {
            complete = value
            return
        }
        let last = open.count - 1
        open[last].elements.append(value)
        open[last].missing -= 1
        guard open[last].missing == 0 else { return }
        let array = open.removeLast().elements
        add(.array(array))
    }

    /// The complete reply, which is forgotten here.
    mutating func take() -> RedisReply? {
        guard let reply = complete else { return nil }
        (complete, byteCount) = (nil, 0)
        return reply
    }
}
