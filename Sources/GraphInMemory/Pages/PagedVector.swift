/// An element for every place of 32 bits, kept in pages: a value whose copies share their pages.
///
/// ```
///   place      │ root │ table: 7 bits │ page: 8 bits │
///
///   root       [ • | • |   |   ]                 a pointer for each 32,768 places
///                │   └──────────┐
///   tables     [ • |   | • | …]  [ …128 ]        a pointer for each page
///                │       └─────┐
///   pages      [ 256 elements ][ 256 elements ]  in one piece of memory each
/// ```
///
/// A place that was never set has the default value, and a page all of whose places have it need
/// not be there: an empty vector has no memory at all.
///
/// Copying is O(1). Reading is three dependent loads and no counting of references. Writing to
/// pages that a copy has as well copies one page, one table and the root first: a few microseconds,
/// whatever the size; writing to pages of one's own is done in place (Driscoll, Sarnak, Sleator
/// and Tarjan, "Making data structures persistent", 1989, with path copying by pages instead of
/// nodes).
struct PagedVector<Element: Sendable>: Sendable {
    typealias Leaf = Page<Element>
    typealias Table = PageTable<Leaf, Element>
    typealias Root = PageTable<Table, UnsafeMutablePointer<Element>?>

    private(set) var root: Root?
    /// What places have that were not set.
    let fallback: Element

    init(default fallback: Element) { self.fallback = fallback }

    private static var rootShift: Int { Paging.pageBits + Paging.tableBits }

    // MARK: Reading

    /// The elements of the page that a place is in; `nil` where all have the default value.
    ///
    /// Valid for as long as a copy of this vector is kept.
    @inline(__always)
    func page(of place: Int) -> UnsafePointer<Element>? {
        guard let root else { return nil }
        let slot = place >> Self.rootShift
        guard slot < root.count, let table = root.pointers[slot] else { return nil }
        return UnsafePointer(table[(place >> Paging.pageBits) & Paging.tableMask])
    }

    /// The element of a place.
    ///
    /// To set many, ``fillPages(from:count:_:)`` is faster.
    subscript(place: Int) -> Element {
        @inline(__always)
        get {
            guard let page = page(of: place) else { return fallback }
            return page[place & Paging.pageMask]
        }
        set { uniquePage(of: place)[place & Paging.pageMask] = newValue }
    }

    /// Places from 0 to here may have been set: a multiple of the page size.
    var endOfPages: Int { (root?.count ?? 0) << Self.rootShift }

    // MARK: Writing

    /// Changes the element of a place where it is.
    @inline(__always)
    mutating func mutate<Result>(
        _ place: Int, _ body: (inout Element) -> Result
    ) -> Result {
        body(&uniquePage(of: place)[place & Paging.pageMask])
    }

    /// Gives the pages of a range of places to a closure, each in one piece, to be written to.
    ///
    /// - Parameters:
    ///   - first: The first place.
    ///   - count: How many.
    ///   - body: Is given the first place of a piece, and the elements of it from there on.
    mutating func fillPages(
        from first: Int, count: Int,
        _ body: (_ first: Int, _ elements: UnsafeMutableBufferPointer<Element>) -> Void
    ) {
        var place = first
        let end = first + count
        while place < end {
            let next = min(end, (place | Paging.pageMask) + 1)
            let page = uniquePage(of: place) + (place & Paging.pageMask)
            body(place, UnsafeMutableBufferPointer(start: page, count: next - place))
            place = next
        }
    }

    /// Lets go of all pages before the one that a place is in.
    mutating func dropPages(before place: Int) {
        guard let old = root else { return }
        let page = place >> Paging.pageBits
        let kept = min(place >> Self.rootShift, old.count)
        let new = Root(copying: old, count: old.count)
        for slot in 0..<kept { new.set(slot, nil, nil) }
        if kept < old.count, let table = old.children[kept] {
            let copy = Table(copying: table, count: table.count)
            for slot in 0..<(page & Paging.tableMask) { copy.set(slot, nil, nil) }
            new.set(kept, copy, copy.pointers)
        }
        root = new
    }

    /// Lets go of the page that a place is in: its places have the default value again.
    mutating func dropPage(of place: Int) {
        guard page(of: place) != nil, let table = uniqueTable(of: place) else { return }
        table.set((place >> Paging.pageBits) & Paging.tableMask, nil, nil)
    }

    private mutating func uniquePage(of place: Int) -> UnsafeMutablePointer<Element> {
        let table = uniqueTable(of: place) ?? makeTable(of: place)
        let slot = (place >> Paging.pageBits) & Paging.tableMask
        if table.children[slot] == nil {
            let page = Leaf(repeating: fallback)
            table.set(slot, page, page.elements)
        } else if !isKnownUniquelyReferenced(&table.children[slot]),
            let shared = table.children[slot]
        {
            let page = Leaf(copying: shared)
            table.set(slot, page, page.elements)
        }
        return table.pointers[slot].unsafelyUnwrapped
    }

    /// The table of a place, this vector's own; `nil` if there is none.
    private mutating func uniqueTable(of place: Int) -> Table? {
        let slot = place >> Self.rootShift
        guard let count = root?.count, slot < count else { return nil }
        if !isKnownUniquelyReferenced(&root), let shared = root {
            root = Root(copying: shared, count: count)
        }
        guard let root else { return nil }
        if root.children[slot] != nil, !isKnownUniquelyReferenced(&root.children[slot]),
            let shared = root.children[slot]
        {
            let table = Table(copying: shared, count: Paging.tableSize)
            root.set(slot, table, table.pointers)
        }
        return root.children[slot]
    }

    private mutating func makeTable(of place: Int) -> Table {
        let slot = place >> Self.rootShift
        let root = grownRoot(for: slot)
        let table = Table(count: Paging.tableSize)
        root.set(slot, table, table.pointers)
        return table
    }

    private mutating func grownRoot(for slot: Int) -> Root {
        if let root, slot < root.count { return root }
        let count = max(slot + 1, (root?.count ?? 0) * 2)
        let grown = root.map { Root(copying: $0, count: count) } ?? Root(count: count)
        root = grown
        return grown
    }

    // MARK: Memory

    /// How many bytes it takes, whether or not they are shared with copies.
    var byteCount: Int {
        guard let root else { return 0 }
        var bytes = root.byteCount
        for slot in 0..<root.count {
            guard let table = root.children[slot] else { continue }
            bytes += table.byteCount
            for page in 0..<table.count where table.pointers[page] != nil {
                bytes += Leaf.byteCount
            }
        }
        return bytes
    }
}
