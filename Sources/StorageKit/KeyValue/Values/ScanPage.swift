/// Some of what a scan visits, and where it goes on.
public struct ScanPage<Element: Hashable & Sendable>: Hashable, Sendable {
    /// What was found, in no particular order; it may be none although the scan goes on.
    public var elements: [Element]

    /// Where to go on, or `nil` when everything has been visited.
    public var next: ScanCursor?

    /// Creates a page.
    public init(elements: [Element], next: ScanCursor?) {
        self.elements = elements
        self.next = next
    }
}
