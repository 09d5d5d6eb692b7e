/// A store that counts: values that are numbers, changed in one atomic step.
///
/// A counter is a value whose bytes are a number in decimal digits; `get` reads those. A key that
/// does not exist counts from zero. An expiry that the key has stays.
///
/// An integer is spelt in one way, as Swift writes it: without a plus, zeros in front or blanks. A
/// whole sum of ``incrementFloat(_:by:)`` is written so as well, and both calls may take turns.
///
/// Errors: ``StorageError/Code/decodingFailed`` when the value is not such a number,
/// ``StorageError/Code/outOfRange`` when the sum is not one that fits,
/// ``StorageError/Code/wrongType`` when the key holds another kind of value. The value stays as it
/// was.
public protocol AtomicCounterStore: KeyValueStore {}

extension AtomicCounterStore {
    /// Adds to an integer; a negative amount subtracts.
    ///
    /// One round trip.
    ///
    /// - Returns: The sum.
    @discardableResult
    public func increment(
        _ key: ByteString, by amount: Int64 = 1
    ) async throws(StorageError) -> Int64 {
        try await perform(commands.increment(key, by: amount))
    }

    /// Adds to a number; a negative amount subtracts.
    ///
    /// One round trip. The sum is right to within the last place of a `Double`, or to 17 digits
    /// after the point where that is less; how many digits the store keeps of it is its own
    /// affair. A whole sum of at most 15 digits is written as an integer is, so that
    /// ``increment(_:by:)`` can go on from it.
    ///
    /// - Returns: The sum.
    /// - Throws: ``StorageError/Code/invalidArgument`` when the amount is not finite;
    ///   ``StorageError/Code/outOfRange`` when the sum is beyond the largest `Double`, with
    ///   ``StorageError/mayHaveBeenApplied`` where the store has kept it all the same, as Redis
    ///   does, which counts in longer numbers.
    @discardableResult
    public func incrementFloat(
        _ key: ByteString, by amount: Double
    ) async throws(StorageError) -> Double {
        try await perform(commands.incrementFloat(key, by: amount))
    }
}
