/// What a scan visits, page by page, at the reader's pace.
///
/// One round trip a page; the next is fetched when the one before has been read. What is there
/// all the while is visited at least once, and may be visited again while the store is being
/// changed; there is no order.
///
/// ```swift
/// for try await key in store.keys(withPrefix: "session:") { … }
/// ```
public struct KeyValueScan<Store: KeyValueStore, Element: Hashable & Sendable>: AsyncSequence,
    Sendable
{
    /// What goes wrong on the way.
    public typealias Failure = StorageError

    private let store: Store
    private let page: @Sendable (ScanCursor?) -> KeyValueCommand<Store, ScanPage<Element>>

    init(
        of store: Store,
        page: @escaping @Sendable (ScanCursor?) -> KeyValueCommand<Store, ScanPage<Element>>
    ) {
        self.store = store
        self.page = page
    }

    /// Begins a scan; nothing is asked before the first element is.
    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// Where one scan is.
    public struct Iterator: AsyncIteratorProtocol {
        private let scan: KeyValueScan
        private var elements: [Element] = []
        private var index = 0
        private var cursor: ScanCursor?
        private var isLastPage = false

        init(_ scan: KeyValueScan) { self.scan = scan }

        /// The next element, or `nil` when everything has been visited.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> Element? {
            while index == elements.count {
                guard !isLastPage else { return nil }
                let page = try await scan.store.perform(scan.page(cursor))
                (elements, index, cursor) = (page.elements, 0, page.next)
                isLastPage = page.next == nil
            }
            defer { index += 1 }
            return elements[index]
        }
    }
}

extension KeyValueStore {
    /// The keys that begin with a prefix; empty for all.
    ///
    /// - Parameter pageSize: About how many keys the store looks at in a round trip. A store that
    ///   does not keep its keys in order looks at all of them, whatever the prefix.
    public func keys(
        withPrefix prefix: ByteString, pageSize: Int = 512
    ) -> KeyValueScan<Self, ByteString> {
        KeyValueScan(of: self) {
            KeyValueCommands().keys(withPrefix: prefix, after: $0, limit: pageSize)
        }
    }
}

extension HashStore {
    /// The fields of a hash, page by page.
    ///
    /// - Parameter pageSize: About how many fields the store looks at in a round trip.
    public func hashFields(
        _ key: ByteString, pageSize: Int = 512
    ) -> KeyValueScan<Self, HashField> {
        KeyValueScan(of: self) { KeyValueCommands().hashFields(key, after: $0, limit: pageSize) }
    }
}

extension SetStore {
    /// The members of a set, page by page.
    ///
    /// - Parameter pageSize: About how many members the store looks at in a round trip.
    public func setMembers(
        of key: ByteString, pageSize: Int
    ) -> KeyValueScan<Self, ByteString> {
        KeyValueScan(of: self) {
            KeyValueCommands().setMembers(of: key, after: $0, limit: pageSize)
        }
    }
}
