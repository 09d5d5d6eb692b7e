// What every relational backend says of a connection that is used out of its turn.
extension StorageError {
    /// The error for a statement on an outer connection while an inner transaction is open.
    package static var nestedTransactionOpen: StorageError {
        StorageError(
            code: .invalidState,
            message: "a nested transaction is open on this connection; use the connection that the "
                + "inner body was given, or wait until it has returned")
    }

    /// The error for a statement on a connection whose body has returned.
    package static var transactionOver: StorageError {
        StorageError(
            code: .invalidState,
            message: "the transaction of this connection is over; use it only inside the body it "
                + "was given to")
    }
}
