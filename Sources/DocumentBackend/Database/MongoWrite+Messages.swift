internal import StorageKit
internal import StorageKitBSON

extension MongoWrite {
    /// The server's commands that write.
    fileprivate enum Command { case insert, update, delete }

    fileprivate var command: Command {
        switch self {
        case .insert: .insert
        case .replace, .updateOne, .updateMany: .update
        case .deleteOne, .deleteMany: .delete
        }
    }

    /// Whether it may have changed some documents and then have been refused.
    var isMany: Bool {
        switch self {
        case .updateMany, .deleteMany: true
        case .insert, .replace, .updateOne, .deleteOne: false
        }
    }

    /// How much of a message it takes, at most.
    fileprivate var messageBytes: Int {
        let bytes =
            switch self {
            case .insert(let document, _): document.count
            case .replace(let filter, let change, let options),
                .updateOne(let filter, let change, let options),
                .updateMany(let filter, let change, let options):
                filter.count + change.count + options.count + Self.nameBytes
            case .deleteOne(let filter), .deleteMany(let filter): filter.count + Self.nameBytes
            }
        // What libmongoc may not send at all must not be in a message with what it sends.
        return bytes > Self.maximumBytes ? Self.maximumMessageBytes : bytes
    }

    /// The names in a write, and the bytes around them.
    private static let nameBytes = 128
    private static let maximumBytes = DocumentLimits().maximumDocumentBytes
    /// A server takes messages of 48 000 000 bytes; the rest is for what is not the writes.
    fileprivate static let maximumMessageBytes = 47_000_000
}

extension [MongoWrite] {
    /// The writes in rows, each of which libmongoc sends as one message.
    ///
    /// Of several messages libmongoc's account does not say whether a later one failed as a whole:
    /// its error is lost behind the first refused write.
    var messages: [ArraySlice<MongoWrite>] {
        var messages: [ArraySlice<MongoWrite>] = []
        var (start, bytes) = (startIndex, 0)
        for place in indices {
            let more = self[place].messageBytes
            let isSame = self[place].command == self[start].command
            if place > start, !isSame || bytes + more > MongoWrite.maximumMessageBytes {
                messages.append(self[start..<place])
                (start, bytes) = (place, 0)
            }
            bytes += more
        }
        if start < endIndex { messages.append(self[start...]) }
        return messages
    }
}
