internal import StorageKit

extension RedisCommand {
    /// The command in errors: its name and how many arguments it has.
    ///
    /// Keys are withheld as values are: they often name a person.
    var statement: String {
        let count = argumentCount
        return count == 1 ? "\(name) with 1 argument" : "\(name) with \(count) arguments"
    }

    /// Read back from the bytes, which begin with how many words there are: `*3\r\n…`.
    private var argumentCount: Int {
        let digits = wire.withBytes { bytes in
            String(
                decoding: bytes.dropFirst().prefix(20).prefix { $0 != UInt8(ascii: "\r") },
                as: UTF8.self)
        }
        return max(0, (Int(digits) ?? 1) - 1)
    }
}
