internal import CLibPQ
internal import StorageKit

/// The options that a connection is opened with: libpq's keywords and their values.
struct ConnectionOptions: Hashable, Sendable {
    /// In the order in which they are given to libpq, where the last of a keyword counts.
    private(set) var pairs: [Pair] = []

    struct Pair: Hashable, Sendable {
        let keyword: String
        let value: String
    }

    init() {}

    /// Takes a connection string or URI apart, as libpq understands it.
    ///
    /// libpq's own message may quote what it does not understand, which may be the password, so it
    /// is not passed on.
    init(parsing text: String) throws(StorageError) {
        guard !text.utf8.contains(0), let first = PQconninfoParse(text, nil) else {
            throw StorageError(
                code: .invalidArgument,
                message:
                    "the address is no connection URI (postgresql://user@host/database) and no "
                    + "connection string (host=… dbname=…) that libpq understands",
                operation: "open")
        }
        defer { PQconninfoFree(first) }
        var option = first
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                self[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
    }

    /// The value of a keyword; setting `nil` leaves it to libpq.
    subscript(keyword: String) -> String? {
        get { pairs.last { $0.keyword == keyword }?.value }
        set {
            pairs.removeAll { $0.keyword == keyword }
            if let newValue { pairs.append(Pair(keyword: keyword, value: newValue)) }
        }
    }

    /// Sets what the caller has not chosen.
    mutating func setDefault(_ keyword: String, _ value: String) {
        if self[keyword] == nil { self[keyword] = value }
    }
}
