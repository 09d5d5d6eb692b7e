extension PagedVector {
    /// Looks at the pages that are there, in order, from the one that a place is in.
    ///
    /// - Parameters:
    ///   - range: The places of interest.
    ///   - body: Is given the first place of a piece, and its elements; only places of the range.
    @inline(__always)
    func forEachPage(
        in range: Range<Int>,
        _ body: (_ first: Int, _ elements: UnsafeBufferPointer<Element>) -> Void
    ) {
        var place = range.lowerBound
        let end = min(range.upperBound, endOfPages)
        while place < end {
            let next = min(end, (place | Paging.pageMask) + 1)
            if let page = page(of: place) {
                let elements = UnsafeBufferPointer(
                    start: page + (place & Paging.pageMask), count: next - place)
                body(place, elements)
            }
            place = next
        }
    }

    /// The first place from another one on, before an end, whose page is there.
    @inline(__always)
    func nextPage(from place: Int, before end: Int) -> Int? {
        var place = place
        let end = min(end, endOfPages)
        while place < end {
            if page(of: place) != nil { return place }
            place = (place | Paging.pageMask) + 1
        }
        return nil
    }

    /// The first places of the pages that are not the very same in another vector.
    func pagesThatDiffer(from other: PagedVector) -> [Int] {
        stride(from: 0, to: max(endOfPages, other.endOfPages), by: Paging.pageSize).filter {
            page(of: $0) != other.page(of: $0)
        }
    }
}
