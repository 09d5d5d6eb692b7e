package import Foundation
package import StorageKit

/// What something costs, and what it cost before.
package struct Price: Codable, Hashable, Sendable, Identifiable {
    package var id: Int
    package var amount: Decimal
    package var old: Decimal?

    package init(id: Int, amount: Decimal, old: Decimal?) {
        self.id = id
        self.amount = amount
        self.old = old
    }
}

package struct Prices: TableDescription {
    package typealias Row = Price
    package static let name = "price"
    package let id = TableColumn<Int>("id")
    package let amount = TableColumn<Decimal>("amount")
    package let old = TableColumn<Decimal?>("old")

    package init() {}
}
