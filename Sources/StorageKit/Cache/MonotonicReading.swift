/// The time since it was made, on any clock: a clock without its type.
///
/// The clock is read through one closure and gives a plain `Duration`, so a cache needs no type
/// parameter for its clock and reading it boxes nothing.
@usableFromInline
struct MonotonicReading: Sendable {
    @usableFromInline
    let read: @Sendable () -> Duration

    @inlinable
    init(_ clock: some Clock<Duration>) {
        let origin = clock.now
        read = { origin.duration(to: clock.now) }
    }

    @inlinable
    var now: Duration { read() }
}
