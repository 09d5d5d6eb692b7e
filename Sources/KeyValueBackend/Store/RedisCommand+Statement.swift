internal import StorageKit

extension RedisCommand {
    /// The command in errors: its name and how many arguments it has.
    ///
    /// Keys are withheld as values are: they often name a person.
    var statement: String {
        let count = max(0, words.count - 1)
        return count == 1 ? "\(name) with 1 argument" : "\(name) with \(count) arguments"
    }
}
