/// The time since it was made, on any clock: a clock without its type.
///
/// The clock is read through one closure and gives a plain `Duration`, so a cache or a store needs
/// no type parameter for its clock and reading it boxes nothing.
@usableFromInline
package struct MonotonicReading: Sendable {
    @usableFromInline
    let read: @Sendable () -> Duration

    @inlinable
    package init(_ clock: some Clock<Duration>) {
        let origin = clock.now
        read = { origin.duration(to: clock.now) }
    }

    @inlinable
    package var now: Duration { read() }
}
