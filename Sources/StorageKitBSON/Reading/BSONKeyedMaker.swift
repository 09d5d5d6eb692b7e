internal import Synchronization

/// Makes the keyed containers of one type of keys.
///
/// A function that is told the type of the keys has to ask the runtime for the container's type,
/// and for its conformance, each time: as much work as reading two fields. A maker has both in its
/// own type.
class BSONKeyedMaker<Key: CodingKey> {
    func container(
        _ scope: BSONScope, _ place: BSONPlace, _ depth: UInt8
    ) -> KeyedDecodingContainer<Key> {
        preconditionFailure("a maker knows its container")
    }
}

/// A keyed container, as a maker makes it.
protocol BSONKeyedContainer: KeyedDecodingContainerProtocol {
    init(scope: BSONScope, place: BSONPlace, depth: UInt8)
}

private final class BSONContainerMaker<Container: BSONKeyedContainer>:
    BSONKeyedMaker<Container.Key>
{
    init(_ type: Container.Type) {}

    override func container(
        _ scope: BSONScope, _ place: BSONPlace, _ depth: UInt8
    ) -> KeyedDecodingContainer<Container.Key> {
        KeyedDecodingContainer(Container(scope: scope, place: place, depth: depth))
    }
}

/// The makers that there are, each in the slot of its type of keys.
///
/// A slot is filled once and never emptied, so it is read without a lock and without counting
/// references. A type whose slots others have taken does without a maker.
enum BSONKeyedMakers {
    private struct Entry {
        var key: ObjectIdentifier
        var maker: Unmanaged<AnyObject>
    }

    private typealias Slot = Atomic<UnsafeMutablePointer<Entry>?>

    private static let slotBits = 8
    /// How many slots are a type's, one behind the other.
    private static let slotsOfType = 4
    // nonisolated(unsafe): what is behind the pointer is changed by atomic operations alone.
    private nonisolated(unsafe) static let slots: UnsafeMutablePointer<Slot> = {
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: slotCount)
        for place in 0..<slotCount { (slots + place).initialize(to: Slot(nil)) }
        return slots
    }()

    private static var slotCount: Int { 1 << slotBits + slotsOfType }

    /// A container for keys of a type.
    @inline(__always)
    static func container<Key: CodingKey>(
        _ type: Key.Type, _ scope: BSONScope, _ place: BSONPlace, _ depth: UInt8
    ) -> KeyedDecodingContainer<Key> {
        let key = ObjectIdentifier(type)
        var slot = slots + firstPlace(of: key)
        for _ in 0..<slotsOfType {
            guard let entry = slot.pointee.load(ordering: .acquiring) ?? fill(slot, type) else {
                break
            }
            if entry.pointee.key == key {
                return entry.pointee.maker._withUnsafeGuaranteedRef {
                    // Safe: in an entry the maker is that of the type of keys.
                    unsafeDowncast($0, to: BSONKeyedMaker<Key>.self).container(scope, place, depth)
                }
            }
            slot += 1
        }
        return KeyedDecodingContainer(
            BSONKeyedDecoding<Key>(scope: scope, place: place, depth: depth))
    }

    /// Fibonacci hashing: the places of types that lie beside each other are far apart.
    @inline(__always)
    private static func firstPlace(of key: ObjectIdentifier) -> Int {
        let hash = UInt64(UInt(bitPattern: key)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: hash >> UInt64(64 - slotBits))
    }

    /// Puts the maker of a type of keys into a slot, unless somebody else is faster; gives what is
    /// in it then.
    @inline(never)
    private static func fill<Key: CodingKey>(
        _ slot: UnsafeMutablePointer<Slot>, _ type: Key.Type
    ) -> UnsafeMutablePointer<Entry>? {
        let entry = UnsafeMutablePointer<Entry>.allocate(capacity: 1)
        let maker = BSONContainerMaker(BSONKeyedDecoding<Key>.self)
        entry.initialize(
            to: Entry(key: ObjectIdentifier(type), maker: Unmanaged<AnyObject>.passRetained(maker)))
        let (isFilled, other) = slot.pointee.compareExchange(
            expected: nil, desired: entry, ordering: .acquiringAndReleasing)
        if isFilled { return entry }
        entry.pointee.maker.release()
        entry.deallocate()
        return other
    }
}
