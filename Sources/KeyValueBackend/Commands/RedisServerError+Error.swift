/// What ``StorageKit/StorageError/underlying`` is when a server refused a command: its own words,
/// which may quote an argument and so are not in the description.
extension RedisServerError: Error {}
