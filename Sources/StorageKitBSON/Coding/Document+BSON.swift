public import StorageKit

extension Document {
    /// Reads a document of BSON.
    ///
    /// - Throws: ``StorageError/Code/corrupted`` for bytes that are no BSON,
    ///   ``StorageError/Code/limitExceeded`` for more than a hundred documents in each other.
    /// - Complexity: Linear in the bytes.
    public init(bson bytes: [UInt8]) throws(StorageError) {
        self = try bytes.withUnsafeBufferPointer { bytes throws(StorageError) in
            try Document(reading: UnsafeRawBufferPointer(bytes))
        }
    }

    /// The document as BSON.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` for a name or a pattern with a zero in it,
    ///   ``StorageError/Code/limitExceeded`` for more than a hundred documents in each other or 2
    ///   GiB.
    /// - Complexity: Linear in the bytes.
    public func bson() throws(StorageError) -> [UInt8] { try BSONWriter.output(of: self).bytes }
}
