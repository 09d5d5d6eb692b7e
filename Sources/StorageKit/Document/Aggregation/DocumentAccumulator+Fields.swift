extension DocumentAccumulator {
    /// The sum of the numbers among a field's values; of none, 0.
    public static func sum<Value>(_ field: Field<Value>) -> DocumentAccumulator {
        .of(.sum, .field(field.path))
    }

    /// The average of the numbers among a field's values; of none, null.
    public static func average<Value>(_ field: Field<Value>) -> DocumentAccumulator {
        .of(.average, .field(field.path))
    }

    /// The least value of a field, but for null; of none, null.
    public static func min<Value>(_ field: Field<Value>) -> DocumentAccumulator {
        .of(.min, .field(field.path))
    }

    /// The greatest value of a field, but for null; of none, null.
    public static func max<Value>(_ field: Field<Value>) -> DocumentAccumulator {
        .of(.max, .field(field.path))
    }

    /// The value of a field of the first document; nothing is null. It means something after a
    /// sort only.
    public static func first<Value>(_ field: Field<Value>) -> DocumentAccumulator {
        .of(.first, .field(field.path))
    }

    /// The value of a field of the last document; nothing is null. It means something after a
    /// sort only.
    public static func last<Value>(_ field: Field<Value>) -> DocumentAccumulator {
        .of(.last, .field(field.path))
    }

    /// All values of a field as an array.
    public static func push<Value>(_ field: Field<Value>) -> DocumentAccumulator {
        .of(.push, .field(field.path))
    }

    /// All values of a field as an array, of each worth one, in any order.
    public static func addToSet<Value>(_ field: Field<Value>) -> DocumentAccumulator {
        .of(.addToSet, .field(field.path))
    }

    /// The standard deviation of the numbers among a field's values, as a population; of none,
    /// null.
    public static func standardDeviationOfPopulation<Value>(
        _ field: Field<Value>
    ) -> DocumentAccumulator {
        .of(.standardDeviationOfPopulation, .field(field.path))
    }

    /// The standard deviation of the numbers among a field's values, as a sample; of less than
    /// two, null.
    public static func standardDeviationOfSample<Value>(
        _ field: Field<Value>
    ) -> DocumentAccumulator {
        .of(.standardDeviationOfSample, .field(field.path))
    }
}
