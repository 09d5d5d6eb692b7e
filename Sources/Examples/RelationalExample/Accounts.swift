import StorageKit

/// The table of the accounts, for typed queries.
struct Accounts: TableDescription {
    typealias Row = Account
    static let name = "account"
    let id = TableColumn<Int>("id")
    let owner = TableColumn<String>("owner")
    let balance = TableColumn<Int>("balance")
}

/// The table of the transfers, for typed queries.
struct Transfers: TableDescription {
    typealias Row = Transfer
    static let name = "transfer"
    let id = TableColumn<Int>("id")
    let payer = TableColumn<Int>("payer")
    let payee = TableColumn<Int>("payee")
    let amount = TableColumn<Int>("amount")
}
