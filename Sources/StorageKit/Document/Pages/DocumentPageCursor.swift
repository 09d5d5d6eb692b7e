/// Where a page of documents ended: the values by which they are ordered, of its last document.
///
/// Not an offset: the next page begins behind that document although others were inserted or
/// removed before it, and with an index however far in it lies it costs the same. Nor is it a
/// cursor on a server: it holds nothing there, and never ends.
///
/// It can be handed out, to a browser for example, as ``text`` or by `Codable`, and is taken back
/// with the same order alone: that of the same paths of the same collection, each the same way. It
/// is neither secret nor signed. Who reads it sees the values that the pages go by, the identifier
/// among them; who changes it begins somewhere else among the documents of the filter, and sees no
/// others.
public struct DocumentPageCursor: Hashable, Sendable {
    /// The ``DocumentKeyset/fingerprint`` of the order it belongs to.
    let order: UInt64
    let values: [DocumentValue]
}
