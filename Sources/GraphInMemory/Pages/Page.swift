/// How places are cut into pages, and pages into tables.
enum Paging {
    /// Elements of a page: 2^8.
    static let pageBits = 8
    /// Pages of a table: 2^7.
    static let tableBits = 7

    static let pageSize = 1 << pageBits
    static let tableSize = 1 << tableBits
    static let pageMask = pageSize - 1
    static let tableMask = tableSize - 1
}

/// The elements of 256 places that follow each other; all are there, if only with a default value.
// Unchecked: what a page holds is changed only through the one reference to it
// (`isKnownUniquelyReferenced`), and its elements are `Sendable`.
final class Page<Element: Sendable>: @unchecked Sendable {
    let elements: UnsafeMutablePointer<Element>

    init(repeating element: Element) {
        elements = .allocate(capacity: Paging.pageSize)
        elements.initialize(repeating: element, count: Paging.pageSize)
    }

    init(copying other: Page) {
        elements = .allocate(capacity: Paging.pageSize)
        elements.initialize(from: other.elements, count: Paging.pageSize)
    }

    deinit {
        elements.deinitialize(count: Paging.pageSize)
        elements.deallocate()
    }

    static var byteCount: Int {
        MemoryLayout<Element>.stride * Paging.pageSize + Allocation.objectBytes
            + Allocation.overhead
    }
}

/// Children that are pages or tables of pages, and for each the pointer that reading goes along, so
/// that it neither counts references nor looks into the child.
// Unchecked, and safe as a page is: changed only through the one reference to it.
final class PageTable<Child: AnyObject & Sendable, Pointee>: @unchecked Sendable {
    let count: Int
    let children: UnsafeMutablePointer<Child?>
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<Pointee>?>

    init(count: Int) {
        self.count = count
        children = .allocate(capacity: count)
        children.initialize(repeating: nil, count: count)
        pointers = .allocate(capacity: count)
        pointers.initialize(repeating: nil, count: count)
    }

    /// A copy that shares the children, with room for as many or more.
    init(copying other: PageTable, count: Int) {
        self.count = count
        children = .allocate(capacity: count)
        children.initialize(from: other.children, count: other.count)
        (children + other.count).initialize(repeating: nil, count: count - other.count)
        pointers = .allocate(capacity: count)
        pointers.initialize(from: other.pointers, count: other.count)
        (pointers + other.count).initialize(repeating: nil, count: count - other.count)
    }

    deinit {
        children.deinitialize(count: count)
        children.deallocate()
        pointers.deallocate()
    }

    func set(_ place: Int, _ child: Child?, _ pointer: UnsafeMutablePointer<Pointee>?) {
        children[place] = child
        pointers[place] = pointer
    }

    var byteCount: Int { count * 16 + Allocation.objectBytes + 2 * Allocation.overhead }
}

/// What the allocator takes besides what was asked for; for figures of memory used.
enum Allocation {
    /// Of every block.
    static let overhead = 16
    /// An object with its reference counts and a few fields.
    static let objectBytes = 48
    /// An array's own header, with the block's.
    static let arrayBytes = 48
}
