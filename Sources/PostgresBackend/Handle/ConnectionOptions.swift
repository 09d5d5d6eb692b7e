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

    /// The same options without one of several servers.
    ///
    /// - Returns: `nil` when there is no other, or no such server.
    func without(host: String, port: String) -> ConnectionOptions? {
        let lists = ["host", "hostaddr", "port"].map { keyword in
            self[keyword].map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        }
        let count = max(lists[0]?.count ?? 0, lists[1]?.count ?? 0)
        let servers = (0..<count).filter { index in
            let names = [lists[0], lists[1]].compactMap { names in
                names.flatMap { index < $0.count ? $0[index] : nil }
            }
            let ports = lists[2] ?? []
            let own = ports.count == count ? ports[index] : ports.first ?? ""
            return names.contains(Substring(host)) && (own.isEmpty || own == port)
        }
        guard count > 1, let index = servers.first else { return nil }
        var others = self
        for (keyword, list) in zip(["host", "hostaddr", "port"], lists) {
            guard var list, list.count == count else { continue }
            list.remove(at: index)
            others[keyword] = list.joined(separator: ",")
        }
        return others
    }

    /// Has sessions begin with a setting of the server's, besides those that they would have.
    mutating func appendSetting(_ name: String, _ value: String) {
        // What is given here takes the place of what libpq would find by itself: `PGOPTIONS`.
        let earlier = self["options"] ?? Self.inherited("options") ?? ""
        self["options"] = (earlier.isEmpty ? "" : earlier + " ") + "-c \(name)=\(value)"
    }

    /// What libpq takes for a keyword that is not given, from the environment.
    private static func inherited(_ keyword: String) -> String? {
        guard let first = PQconndefaults() else { return nil }
        defer { PQconninfoFree(first) }
        var option = first
        while let name = option.pointee.keyword {
            if String(cString: name) == keyword {
                return option.pointee.val.map { String(cString: $0) }
            }
            option += 1
        }
        return nil
    }

    /// Sets what the caller has not chosen.
    mutating func setDefault(_ keyword: String, _ value: String) {
        if self[keyword] == nil { self[keyword] = value }
    }
}
