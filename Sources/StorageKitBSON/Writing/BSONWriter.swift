internal import StorageKit

/// Writes elements of BSON one behind the other, and knows which document or array is open.
///
/// ```
/// bytes   04 00 00 00 | 03 posts 00 | .. .. .. .. | 02 title 00 | …
/// frames  root ──────────────────────┴ posts ─────────────────────
/// ```
///
/// A value of a `Codable` type is given an element whose type is not known yet, and a frame: what
/// the value asks of its encoder says whether it is a document, an array or a scalar. When the
/// value has returned, the frame is closed and the length put where it belongs.
///
/// Containers that a value makes inside a container with `nestedContainer` and `superEncoder` may
/// be written by turns with the outer one. They have writers of their own, whose bytes are put in
/// place when the frame is closed.
final class BSONWriter {
    /// Where it writes.
    let output: BSONOutput
    /// What the encoder's user gave to the types.
    let userInfo: [CodingUserInfoKey: Any]
    /// The frames that are open.
    @exclusivity(unchecked) var frames: [BSONFrame]
    /// The type of what the root's frame has become.
    @exclusivity(unchecked) private(set) var rootType = BSONElementType.unknown
    @exclusivity(unchecked) private var nested: [Nested] = []
    private let outer: Outer?
    private let outerDepth: Int

    /// How far a writer was.
    struct Mark {
        fileprivate var frames: Int
        fileprivate var nested: Int
        fileprivate var output: Int
    }

    /// A writer whose bytes belong into another's.
    private struct Nested {
        /// The place of the element's type.
        var typePlace: Int
        /// Where its bytes belong.
        var place: Int
        var writer: BSONWriter
    }

    /// The writer in which this one is nested.
    private struct Outer {
        var writer: BSONWriter
        var frameCount: Int
        var typePlace: Int
    }

    /// Creates the writer of a document.
    init(output: BSONOutput = BSONOutput(), userInfo: [CodingUserInfoKey: Any] = [:]) {
        self.output = output
        self.userInfo = userInfo
        outer = nil
        outerDepth = 0
        frames = []
        frames.reserveCapacity(8)
    }

    private init(inside outer: Outer) {
        self.outer = outer
        outerDepth = outer.writer.depth
        output = BSONOutput(capacity: 128)
        userInfo = outer.writer.userInfo
        frames = [BSONFrame(typePlace: -1, nested: 0)]
    }

    /// How many documents and arrays are open or about to be, those of the outer writers counted.
    var depth: Int { frames.count + outerDepth }
}

// MARK: Elements

extension BSONWriter {
    /// Begins an element of the open document; returns where its type is.
    @inline(__always)
    func begin(_ key: String, _ type: UInt8) throws(StorageError) -> Int {
        let length = key.utf8.count
        try output.reserve(length + 2)
        let place = output.count
        output.append(unchecked: type)
        let isWhole =
            key.utf8.withContiguousStorageIfAvailable { appendKey($0) } ?? appendSlowly(key)
        guard isWhole else {
            output.count = place
            throw failed("a name of BSON has no zero in it")
        }
        output.append(unchecked: 0 as UInt8)
        return place
    }

    @inline(__always)
    private func appendKey(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var isWhole = true
        let target = output.start.advanced(by: output.count)
        for index in bytes.indices {
            isWhole = isWhole && bytes[index] != 0
            target.storeBytes(of: bytes[index], toByteOffset: index, as: UInt8.self)
        }
        output.count += bytes.count
        return isWhole
    }

    /// For texts that Foundation keeps in its own way.
    private func appendSlowly(_ key: String) -> Bool {
        for byte in key.utf8 { output.append(unchecked: byte) }
        return !key.utf8.contains(0)
    }

    /// Begins the next element of the open array; returns where its type is.
    @inline(__always)
    func beginNext(_ type: UInt8) throws(StorageError) -> Int {
        let index = index
        frames[frames.count - 1].index += 1
        try output.reserve(22)
        let place = output.count
        output.append(unchecked: type)
        appendDigits(index)
        output.append(unchecked: 0 as UInt8)
        return place
    }

    @inline(__always)
    private func appendDigits(_ number: Int) {
        var power = 1
        while number / power >= 10 { power *= 10 }
        while power > 0 {
            output.append(unchecked: UInt8(ascii: "0") + UInt8(number / power % 10))
            power /= 10
        }
    }

    /// Says that the frame which is open, or the element at a place, is of a type.
    @inline(__always)
    func setType(_ type: UInt8, at place: Int) {
        if place >= 0 { output.put(type, at: place) } else { rootType = type }
    }
}

// MARK: Frames

extension BSONWriter {
    /// Opens a frame for a value that says itself what it is, and closes it.
    @inline(__always)
    func encode(_ value: some Encodable, at typePlace: Int) throws {
        guard depth < BSONLimits.depth else { throw BSONLimits.tooDeep }
        frames.append(BSONFrame(typePlace: typePlace, nested: nested.count))
        try value.encode(to: BSONEncoding(writer: self))
        try close()
    }

    /// Opens a frame and closes it when the body has written what is in it.
    func nest(
        _ type: UInt8, at typePlace: Int, _ body: () throws(StorageError) -> Void
    ) throws(StorageError) {
        guard depth < BSONLimits.depth else { throw BSONLimits.tooDeep }
        frames.append(BSONFrame(typePlace: typePlace, nested: nested.count))
        open(type)
        try body()
        try close()
    }

    /// Makes a document or an array of the frame that is open.
    @inline(__always)
    func open(_ type: UInt8) {
        let last = frames.count - 1
        if frames[last].type == type { return }
        guard frames[last].type == BSONElementType.unknown else {
            if frames[last].failure == nil { frames[last].failure = encodedTwice() }
            return
        }
        frames[last].type = type
        frames[last].start = output.count
        setType(type, at: frames[last].typePlace)
        do {
            try output.reserve(5)
            output.append(unchecked: 0 as Int32)
        } catch { frames[last].failure = error }
    }

    /// Makes a scalar of the frame that is open, and place for it.
    @inline(__always)
    func openScalar(_ type: UInt8, _ size: Int) throws(StorageError) {
        let last = frames.count - 1
        guard frames[last].type == BSONElementType.unknown else { throw encodedTwice() }
        frames[last].type = type
        setType(type, at: frames[last].typePlace)
        try output.reserve(size)
    }

    /// Says that the frame which is open has got its single value; returns where its type is.
    func claim() throws(StorageError) -> Int {
        let last = frames.count - 1
        guard frames[last].type == BSONElementType.unknown else { throw encodedTwice() }
        frames[last].type = BSONElementType.null
        return frames[last].typePlace
    }

    /// Takes back what was said with ``claim()``.
    func unclaim() { frames[frames.count - 1].type = BSONElementType.unknown }

    /// The index of the next element of the open array.
    var index: Int { frames[frames.count - 1].index }

    /// Closes the frame that was opened last.
    @inline(__always)
    func close() throws(StorageError) {
        if frames[frames.count - 1].type == BSONElementType.unknown {
            open(BSONElementType.document)
        }
        let frame = frames[frames.count - 1]
        if let failure = frame.failure { throw failure }
        if nested.count > frame.nested { try putNestedInPlace(from: frame.nested) }
        if frame.start >= 0 {
            try output.reserve(1)
            output.append(unchecked: 0 as UInt8)
            guard let length = Int32(exactly: output.count - frame.start) else {
                throw BSONLimits.tooLarge
            }
            output.put(length, at: frame.start)
        }
        frames.removeLast()
    }

    /// How far it is.
    var mark: Mark { Mark(frames: frames.count, nested: nested.count, output: output.count) }

    /// Takes back what was written after a mark.
    func abandon(backTo mark: Mark) {
        frames.removeSubrange(mark.frames...)
        nested.removeSubrange(mark.nested...)
        output.count = mark.output
    }

    /// Takes back the index of an array's element that was begun last.
    func abandonIndex() {
        let last = frames.count - 1
        if frames[last].type == BSONElementType.array { frames[last].index -= 1 }
    }

    /// Begins a writer for what belongs behind the element that was begun last.
    func nest(at typePlace: Int) -> BSONWriter {
        let writer = BSONWriter(
            inside: Outer(writer: self, frameCount: frames.count, typePlace: typePlace))
        if writer.depth > BSONLimits.depth { writer.frames[0].failure = BSONLimits.tooDeep }
        nested.append(Nested(typePlace: typePlace, place: output.count, writer: writer))
        return writer
    }

    private func putNestedInPlace(from first: Int) throws(StorageError) {
        // From the last to the first, so that the places of those before stay as they are.
        for part in nested[first...].reversed() {
            if !part.writer.frames.isEmpty { try part.writer.close() }
            setType(part.writer.rootType, at: part.typePlace)
            try output.insert(
                UnsafeRawBufferPointer(
                    start: part.writer.output.start, count: part.writer.output.count),
                at: part.place)
        }
        nested.removeSubrange(first...)
    }

    /// Says that the frame which is open cannot be closed.
    func fail(_ error: StorageError) {
        if frames[frames.count - 1].failure == nil { frames[frames.count - 1].failure = error }
    }
}

// MARK: Errors

extension BSONWriter {
    /// The names of the values that are being written, from the outermost.
    var path: [BSONKey] { path(of: frames.count) }

    private func path(of count: Int) -> [BSONKey] {
        var path: [BSONKey] = []
        if let outer {
            path = outer.writer.path(of: outer.frameCount)
            path.append(outer.writer.key(at: outer.typePlace))
        }
        var last = -1
        for frame in frames.prefix(count) where frame.typePlace > last {
            last = frame.typePlace
            path.append(key(at: last))
        }
        return path
    }

    private func key(at typePlace: Int) -> BSONKey {
        let name = output.start.advanced(by: typePlace + 1).assumingMemoryBound(to: UInt8.self)
        return BSONKey(stringValue: String(cString: name))
    }

    /// The error for a value that has no form in BSON.
    func failed(_ message: String, _ path: [BSONKey]? = nil) -> StorageError {
        let path = path ?? self.path
        let place = path.isEmpty ? "" : "at \(BSONKey.words(path)): "
        return StorageError(code: .encodingFailed, message: place + message)
    }

    private func encodedTwice() -> StorageError {
        failed("a value is a document, an array or a single value, and only once")
    }
}
