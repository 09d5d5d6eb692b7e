import Synchronization

/// Makes ``ObjectID``s: each is new, among all processes.
///
/// ```swift
/// let id = ObjectIDGenerator.shared.next()
/// ```
///
/// A test gives a clock and a seed, and gets the same identifiers again.
public final class ObjectIDGenerator: Sendable {
    /// The one that stores use, with the system's clock and random numbers.
    public static let shared: ObjectIDGenerator = {
        var random = SystemRandomNumberGenerator()
        return ObjectIDGenerator(
            now: { UInt32(truncatingIfNeeded: DocumentDate.now.millisecondsSince1970 / 1_000) },
            using: &random)
    }()

    private let now: @Sendable () -> UInt32
    private let process: UInt64
    private let counter: Atomic<UInt32>

    /// Creates a generator.
    ///
    /// - Parameters:
    ///   - now: The seconds since 1970.
    ///   - random: Where the process's number and the first count come from.
    public init(
        now: @escaping @Sendable () -> UInt32, using random: inout some RandomNumberGenerator
    ) {
        self.now = now
        process = random.next()
        counter = Atomic(random.next())
    }

    /// An identifier that was not made before.
    ///
    /// It is after all earlier ones of this generator, unless the count of three bytes begins anew
    /// in between.
    public func next() -> ObjectID {
        let count = counter.wrappingAdd(1, ordering: .relaxed).newValue
        return ObjectID(seconds: now(), process: process, counter: count)
    }
}
