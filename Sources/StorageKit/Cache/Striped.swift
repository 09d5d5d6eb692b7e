public import Synchronization

/// States behind one lock each, chosen by hash, so that threads at different keys seldom meet.
@usableFromInline
struct Striped<State: Sendable>: Sendable {
    @usableFromInline
    final class Stripe: Sendable {
        @usableFromInline
        let state: Mutex<State>

        @inlinable
        init(_ state: State) { self.state = Mutex(state) }
    }

    @usableFromInline
    let stripes: [Stripe]
    @usableFromInline
    let mask: Int

    /// Creates stripes; their number must be a power of two.
    @inlinable
    init(count: Int, make: (_ index: Int) -> State) {
        precondition(count > 0 && count & (count - 1) == 0, "a power of two picks by mask")
        stripes = (0..<count).map { Stripe(make($0)) }
        mask = count - 1
    }

    /// Runs the body on the stripe of the hash, alone.
    @inlinable
    func withLock<Result: Sendable>(hash: Int, _ body: (inout State) -> Result) -> Result {
        stripes[hash & mask].state.withLock { state in body(&state) }
    }

    /// Runs the body on one stripe after the other, never on two at once.
    @inlinable
    func forEach(_ body: (inout State) -> Void) {
        for stripe in stripes { stripe.state.withLock { state in body(&state) } }
    }
}
