internal import StorageKit

/// The keys of an index in their order, each with the slot of its document.
///
/// A sorted array in pieces: finding costs a binary search of the pieces and one of a piece, and an
/// insertion moves no more than a piece. It is a value, and a copy shares the pieces that neither
/// changes.
struct InMemoryIndexEntries: Sendable {
    struct Entry: Sendable {
        let key: [DocumentValue]
        let slot: Int
    }

    /// Where an entry is, or would be.
    private struct Position {
        var piece: Int
        var offset: Int
    }

    private static let maximumPiece = 256

    /// For each field of a key 1, or -1 when it is descending.
    let signs: [Int]
    /// None of them empty.
    private var pieces: [[Entry]] = []

    init(_ order: [DocumentOrder]) {
        signs = order.map { $0.direction == .ascending ? 1 : -1 }
    }

    /// Puts an entry in.
    mutating func insert(_ entry: Entry) {
        guard !pieces.isEmpty else {
            pieces = [[entry]]
            return
        }
        var position = position { compare($0, entry) < 0 }
        // Behind the last one is the end of the last piece.
        if position.piece == pieces.count {
            position = Position(piece: pieces.count - 1, offset: pieces[pieces.count - 1].count)
        }
        pieces[position.piece].insert(entry, at: position.offset)
        split(position.piece)
    }

    /// Takes an entry out, if it is there.
    mutating func remove(_ entry: Entry) {
        let position = position { compare($0, entry) < 0 }
        guard position.piece < pieces.count,
            compare(pieces[position.piece][position.offset], entry) == 0
        else { return }
        pieces[position.piece].remove(at: position.offset)
        if pieces[position.piece].isEmpty { pieces.remove(at: position.piece) }
    }

    /// Walks the entries of a range in their order, or from the last to the first, while the body
    /// wants more.
    func walk(
        _ range: InMemoryIndexRange, isReversed: Bool = false, _ body: (Entry) -> Bool
    ) {
        var start = position { range.place(of: $0.key, signs) < 0 }
        var end = position { range.place(of: $0.key, signs) <= 0 }
        if isReversed {
            while end.piece > start.piece || end.piece == start.piece && end.offset > start.offset {
                if end.offset == 0 {
                    end.piece -= 1
                    end.offset = pieces[end.piece].count
                }
                end.offset -= 1
                guard body(pieces[end.piece][end.offset]) else { return }
            }
        } else {
            while start.piece < end.piece || start.piece == end.piece && start.offset < end.offset {
                guard body(pieces[start.piece][start.offset]) else { return }
                start.offset += 1
                if start.offset == pieces[start.piece].count {
                    start = Position(piece: start.piece + 1, offset: 0)
                }
            }
        }
    }

    /// Which of two keys comes first.
    func compare(_ left: [DocumentValue], _ right: [DocumentValue]) -> Int {
        for place in left.indices {
            let order = left[place].compared(to: right[place])
            if order != 0 { return order * signs[place] }
        }
        return 0
    }

    private func compare(_ left: Entry, _ right: Entry) -> Int {
        let order = compare(left.key, right.key)
        return order == 0 ? left.slot - right.slot : order
    }

    /// The first entry that is not before something.
    private func position(_ isBefore: (Entry) -> Bool) -> Position {
        let piece = pieces.partitionPoint { isBefore($0[$0.count - 1]) }
        guard piece < pieces.count else { return Position(piece: piece, offset: 0) }
        return Position(piece: piece, offset: pieces[piece].partitionPoint(isBefore))
    }

    private mutating func split(_ place: Int) {
        let count = pieces[place].count
        guard count > Self.maximumPiece else { return }
        let second = Array(pieces[place][(count / 2)...])
        pieces[place].removeSubrange((count / 2)...)
        pieces.insert(second, at: place + 1)
    }
}

extension Array {
    /// How many elements at the beginning are before something, if none behind them is.
    fileprivate func partitionPoint(_ isBefore: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
