public import Synchronization

/// States behind one lock each, chosen by hash, so that threads at different keys seldom meet.
@usableFromInline
package struct Striped<State: Sendable>: Sendable {
    @usableFromInline
    package final class Stripe: Sendable {
        @usableFromInline
        package let state: Mutex<State>

        @inlinable
        package init(_ state: State) { self.state = Mutex(state) }
    }

    @usableFromInline
    package let stripes: [Stripe]
    @usableFromInline
    package let mask: Int

    /// Creates stripes; their number must be a power of two.
    @inlinable
    package init(count: Int, make: (_ index: Int) -> State) {
        precondition(count > 0 && count & (count - 1) == 0, "a power of two picks by mask")
        stripes = (0..<count).map { Stripe(make($0)) }
        mask = count - 1
    }

    /// Runs the body on the stripe of the hash, alone.
    @inlinable
    package func withLock<Result: Sendable, Failure: Error>(
        hash: Int, _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try stripes[hash & mask].state.withLock { state throws(Failure) in try body(&state) }
    }

    /// Runs the body on one stripe after the other, never on two at once.
    @inlinable
    package func forEach(_ body: (inout State) -> Void) {
        for stripe in stripes { stripe.state.withLock { state in body(&state) } }
    }
}
