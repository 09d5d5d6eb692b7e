// How a record is written.
//
// Everything but names of tags and the payload is ASCII at fixed places, so that a script can cut
// out and compare what it needs, and so that `redis-cli GET` shows what state a key is in. Numbers
// have leading zeros: they are ordered as texts.
//
//     0   1  state: L lease, E entry, B barrier, F floor
//     1   1  layout: 2
//     2  16  token of the registered load, hexadecimal; zeros for none
//    18  16  generation, hexadecimal; zeros in a floor
//    34  12  clearings of tags
//    46  14  end of the registered load, in milliseconds
//    60  20  version of the entry, or of the floor, raised by 2^63; zeros for none
//    80  14  end of the entry, or of the floor
//    94      the whole of a lease or a floor. An entry goes on:
//    94  14  fresh until
//   108  14  stored at
//   122  14  until when its version is a floor, zeros for never
//   136   2  number of tags
//   138      each tag: 4 for its length in bytes, then its name; behind them the payload
//            A barrier goes on:
//    94   1  1 when contended, 0 otherwise
//    95      each writer: 16 for its token, 14 for its end
//
// What is not exactly like that is not ours, or was written by another version: it is read as
// absent and may be overwritten.

extension SharedCacheRecord {
    /// The record as it is stored.
    public var bytes: ByteString {
        var writer = SharedCacheWriter()
        switch self {
        case .lease(let lease):
            writer.add(head: "L", lease.load, lease.epoch)
            writer.add(lease.floor)
        case .entry(let entry):
            writer.add(head: "E", entry.refresh, entry.epoch)
            writer.add(version: entry.content.version)
            writer.add(entry.end)
            writer.add(entry.freshUntil)
            writer.add(entry.stored)
            writer.add(entry.floorEnd)
            writer.add(entry.content.tags)
            writer.add(entry.content.payload.bytes)
        case .barrier(let barrier):
            writer.add(head: "B", nil, barrier.epoch)
            writer.add(barrier.floor)
            writer.add(barrier.isContended ? 1 : 0, digits: 1)
            for load in barrier.writers {
                writer.add(load.token)
                writer.add(load.end)
            }
        case .floor(let floor):
            writer.add(head: "F", nil, nil)
            writer.add(floor)
        }
        return ByteString(writer.bytes)
    }

    /// The record of these bytes; `nil` for what is none.
    public init?(bytes: ByteString) {
        var reader = SharedCacheReader(bytes.bytes)
        guard let state = reader.byte(), reader.byte() == SharedCacheWriter.layout,
            let head = reader.head()
        else { return nil }
        let record: Self? =
            switch state {
            case UInt8(ascii: "L"): Self.lease(head, &reader)
            case UInt8(ascii: "E"): Self.entry(head, &reader)
            case UInt8(ascii: "B"): Self.barrier(head, &reader)
            case UInt8(ascii: "F"): Self.floor(head, &reader)
            default: nil
            }
        guard let record else { return nil }
        self = record
    }
}

extension SharedCacheRecord {
    private typealias Head = SharedCacheReader.Head

    private static func lease(_ head: Head, _ reader: inout SharedCacheReader) -> Self? {
        guard let load = head.load, let epoch = head.epoch, head.hasFloorOrNothing, reader.isAtEnd
        else { return nil }
        return .lease(Lease(load: load, epoch: epoch, floor: head.floor))
    }

    private static func entry(_ head: Head, _ reader: inout SharedCacheReader) -> Self? {
        guard let epoch = head.epoch, head.load != nil || head.hasNoLoad,
            let freshUntil = reader.instant(), let stored = reader.instant(),
            let floorEnd = reader.instant(), head.version != nil || floorEnd == .never,
            let tags = reader.tags()
        else { return nil }
        let payload = ByteString(bytes: reader.remainder())
        let content = SharedCacheContent(payload: payload, version: head.version, tags: Set(tags))
        // Tags in another order, or one of them twice, were not written by us.
        guard content.tags == tags else { return nil }
        return .entry(
            Entry(
                content: content, epoch: epoch, stored: stored, freshUntil: freshUntil,
                end: head.end, refresh: head.load, floorEnd: floorEnd))
    }

    private static func barrier(_ head: Head, _ reader: inout SharedCacheReader) -> Self? {
        guard let epoch = head.epoch, head.hasNoLoad, head.hasFloorOrNothing,
            let contended = reader.number(digits: 1), contended <= 1
        else { return nil }
        var writers: [Load] = []
        while !reader.isAtEnd {
            guard let token = reader.token(), let end = reader.instant() else { return nil }
            writers.append(Load(token: token, end: end))
        }
        guard !writers.isEmpty else { return nil }
        return .barrier(
            Barrier(
                writers: writers, isContended: contended == 1, epoch: epoch, floor: head.floor))
    }

    private static func floor(_ head: Head, _ reader: inout SharedCacheReader) -> Self? {
        guard let floor = head.floor, head.hasNoLoad, head.hasNoEpoch, reader.isAtEnd else {
            return nil
        }
        return .floor(floor)
    }
}
