/// What a connection that is used in place may do, asked by SQLite's callbacks.
///
/// In place there is no compiling, because that reads the schema, and no more than two crossings of
/// the progress handler's thousand steps. (The steps are counted on from run to run of a statement,
/// so that the first crossing may come with the first step: the bound is two thousand.) While a
/// worker prepares the connection it may compile.
final class SQLiteInPlaceLimits {
    /// How many steps of the virtual machine lie between two questions.
    static let stepsPerCrossing: Int32 = 1000
    /// The longest row, text or blob that is read in place; copying it takes about as long as the
    /// steps do.
    static let maximumLength: Int32 = 65_536

    private(set) var mayCompile = false
    private var crossings = 0

    /// Begins a read in place.
    func begin() { crossings = 1 }

    /// Begins to prepare the connection, on a worker.
    ///
    /// A schema of some thousand tables has a hundred thousand steps.
    func beginPreparing() {
        mayCompile = true
        crossings = 100
    }

    func endPreparing() { mayCompile = false }

    /// Whether the running statement may go on.
    func mayGoOn() -> Bool {
        crossings -= 1
        return crossings >= 0
    }
}
