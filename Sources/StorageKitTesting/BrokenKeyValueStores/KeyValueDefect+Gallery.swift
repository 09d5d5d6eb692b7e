extension KeyValueDefect {
    /// Every defect there is.
    public static var gallery: [KeyValueDefect] {
        let values = valueDefects + bytesDefects + deleteDefects + scanDefects + limitDefects
        let tasks = concurrencyDefects + cancellationDefects + modelDefects
        let writes = expiryDefects + conditionDefects + counterDefects
        let collections = hashDefects + sortedSetDefects + listDefects + setDefects + kindDefects
        let batches = pipelineDefects + atomicBatchDefects + roundTripDefects
        return values + tasks + writes + collections + batches + waitingDefects + publishingDefects
    }
}
