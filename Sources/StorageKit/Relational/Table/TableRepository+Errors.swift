extension TableRepository {
    /// Runs a call under its own name and the table's, and says of a clash whether it was the
    /// key's.
    func run<Value>(
        _ operation: String, _ body: () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        do throws(StorageError) {
            return try await body()
        } catch {
            let table = [error.store, "table \(name)"].compactMap(\.self).joined(separator: " ")
            throw keyed(error).renamed(operation: operation, store: table)
        }
    }

    /// The error with the code that fits this table's key.
    ///
    /// The key may be another column than the primary key; then a clash in the primary key is not
    /// one of identifiers, and one in a unique column may be.
    private func keyed(_ error: StorageError) -> StorageError {
        guard let constraint = error.constraint, constraint.kind.isUniqueness,
            !constraint.columns.isEmpty
        else { return error }
        return error.changed {
            $0.code = isKey(constraint) ? .alreadyExists : .constraintViolation
            $0.message =
                isKey(constraint)
                ? "a row with this key exists; use replace or upsert"
                : "another row has these values in "
                    + constraint.columns.map { "\(constraint.table ?? name).\($0)" }
                    .joined(separator: ", ")
        }
    }

    private func isKey(_ constraint: StorageError.Constraint) -> Bool {
        guard constraint.columns.count == 1 else { return false }
        // Names are the same to SQL in any case.
        return "\(constraint.table ?? name).\(constraint.columns[0])".lowercased()
            == "\(name).\(key)".lowercased()
    }
}

extension StorageError {
    static var nothingToReplace: StorageError {
        StorageError(
            code: .notFound,
            message: "no row has this key; use insert to create it or upsert to do either")
    }

    static var outdated: StorageError {
        StorageError(
            code: .conflict,
            message: "the row has another version than the entity; read it again, make the change "
                + "anew and try once more",
            isRetryable: false)
    }
}
