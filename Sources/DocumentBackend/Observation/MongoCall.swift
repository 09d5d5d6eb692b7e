/// A call whose commands are observed, while it runs.
///
/// libmongoc tells of a command on the thread that sends it, with the pool's context and nothing of
/// the call. So the call is a task-local value, which Swift keeps for a thread without a task as
/// well; and since the end of a command is told without its database, the call remembers that.
// @unchecked Sendable: `target` is used on the thread that runs the call, and nowhere else.
final class MongoCall: @unchecked Sendable {
    /// The one that runs on this thread.
    @TaskLocal static var current: MongoCall?

    /// What the observer took of the task whose call it is.
    let context: (any Sendable)?
    /// What is known of the command that is on its way.
    var target: (database: String, collection: String?, waits: Bool)?

    init(_ context: (any Sendable)?) { self.context = context }
}
