internal import StorageKit

/// Decimal numbers, which SQLite does not have: an order for the texts that they are kept as, and
/// functions that compute with them and keep every digit.
///
/// ```
///  typed query              SQLite
///  $0.price == 1            "price" COLLATE STORAGEKIT_DECIMAL = ?
///  $0.price + 1             storagekit_decimal_sum("price" COLLATE …, ?) COLLATE …
///  $0.price.sum()           storagekit_decimal_total("price" COLLATE …) COLLATE …
/// ```
///
/// By SQLite's own order '10' comes before '9' and '1.0' is not '1.00'; by its own arithmetic
/// '0.1' + '0.2' is 0.30000000000000004.
enum SQLiteDecimals {
    /// The order: by what the numbers are, and behind them by its bytes whatever is none.
    static let collation = SQLiteCollation(
        "STORAGEKIT_DECIMAL",
        comparing: { left, right in
            switch (DecimalDigits(left), DecimalDigits(right)) {
            case (let left?, let right?): left < right ? -1 : left == right ? 0 : 1
            case (.some, nil): -1
            case (nil, .some): 1
            case (nil, nil): compareBytes(left, right)
            }
        })

    /// What arithmetic is called, and the sum of many rows.
    static let functions = SQLArithmetic.allCases.map(function) + [total]

    /// The sum of all rows.
    static let totalName = "storagekit_decimal_total"

    /// What the function of an operation is called.
    static func name(of arithmetic: SQLArithmetic) -> String {
        switch arithmetic {
        case .sum: "storagekit_decimal_sum"
        case .difference: "storagekit_decimal_difference"
        case .product: "storagekit_decimal_product"
        }
    }

    private static func function(of arithmetic: SQLArithmetic) -> SQLiteFunction {
        .scalar(name(of: arithmetic), isDeterministic: true) {
            (left: DecimalDigits?, right: DecimalDigits?) -> DecimalDigits? in
            guard let left, let right else { return nil }
            return try left.computed(arithmetic, right)
        }
    }

    private static let total = SQLiteFunction.aggregate(
        totalName, isDeterministic: true, initial: { DecimalDigits?.none },
        step: { (sum: inout DecimalDigits?, next: DecimalDigits?) in
            guard let next else { return }
            sum = try sum?.computed(.sum, next) ?? next
        },
        result: { $0 })

    private static func compareBytes(_ left: String, _ right: String) -> Int32 {
        if left.utf8.lexicographicallyPrecedes(right.utf8) { return -1 }
        return right.utf8.lexicographicallyPrecedes(left.utf8) ? 1 : 0
    }
}
