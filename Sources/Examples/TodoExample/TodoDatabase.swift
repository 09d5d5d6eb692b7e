import PostgresBackend
import RelationalBackend
import StorageKit

/// What the example needs of a database: upserts, also inside a transaction.
protocol TodoDatabase: RelationalStore, UpsertQuerying where Connection: UpsertQuerying {}

extension SQLiteDatabase: TodoDatabase {}
extension PostgresDatabase: TodoDatabase {}
