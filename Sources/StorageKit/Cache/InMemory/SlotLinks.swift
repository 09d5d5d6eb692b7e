/// Queues of slots in two arrays: a slot is in one of them at most, and leaves from anywhere.
///
/// Doubly linked lists whose links lie beside the slots, so that nothing is allocated for an entry.
/// Every call takes constant time, amortised.
@usableFromInline
struct SlotLinks: Sendable {
    /// The two ends of a queue.
    @usableFromInline
    struct Queue: Sendable {
        /// The slot that came last, or -1.
        @usableFromInline
        var newest = -1
        /// The slot that came first, or -1.
        @usableFromInline
        var oldest = -1
        @usableFromInline
        var count = 0

        @usableFromInline
        init() {}
    }

    private struct Link {
        var newer: Int32
        var older: Int32
    }

    private var links: [Link] = []

    @usableFromInline
    init() {}

    /// Puts the slot at the newest end.
    mutating func push(_ slot: Int, to queue: inout Queue) {
        let link = Link(newer: -1, older: Int32(queue.newest))
        if slot < links.count {
            links[slot] = link
        } else {
            while links.count <= slot { links.append(link) }
        }
        if queue.newest < 0 {
            queue.oldest = slot
        } else {
            links[queue.newest].newer = Int32(slot)
        }
        queue.newest = slot
        queue.count += 1
    }

    /// Takes the slot out of the queue that it is in.
    mutating func remove(_ slot: Int, from queue: inout Queue) {
        let link = links[slot]
        if link.newer < 0 {
            queue.newest = Int(link.older)
        } else {
            links[Int(link.newer)].older = link.older
        }
        if link.older < 0 {
            queue.oldest = Int(link.newer)
        } else {
            links[Int(link.older)].newer = link.newer
        }
        queue.count -= 1
    }

    /// The slots of a queue from the oldest to the newest; for tests.
    func slots(of queue: Queue) -> [Int] {
        var slots: [Int] = []
        var slot = queue.oldest
        while slot >= 0, slots.count <= queue.count {
            slots.append(slot)
            slot = Int(links[slot].newer)
        }
        return slots
    }
}
