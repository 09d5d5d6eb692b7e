internal import StorageKit

/// What a function of the user's threw last, on its way past SQLite to the statement's error.
///
/// SQLite carries a code and a text; the error itself is what the caller wants to see.
final class SQLiteFunctionFailure {
    struct Thrown {
        let function: String
        let error: any Error
    }

    var error: Thrown?

    func take() -> Thrown? { error.take() }
}

extension SQLiteFunctionFailure.Thrown {
    /// What SQLite is told: the error's type and never its text, which may quote a value.
    var message: String {
        guard let error = error as? StorageError else {
            return "the function \"\(function)\" threw \(type(of: error))"
        }
        return "the function \"\(function)\": \(error.message)"
    }

    /// The statement's error: with the code of a ``StorageError``, `invalidArgument` for others.
    func asError(_ result: Int32, statement: String?) -> StorageError {
        let code = (error as? StorageError)?.code ?? .invalidArgument
        return StorageError.sqlite(result, detail: nil, statement: statement).changed {
            $0.code = code
            $0.message = message
            $0.underlying = error
            $0.isRetryable = false
        }
    }
}
