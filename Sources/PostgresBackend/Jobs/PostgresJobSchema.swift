public import StorageKit

/// The table of the jobs, which nobody makes but you.
///
/// It is a step in the history of your schema like any other:
///
/// ```swift
/// let migrations = try Migrations([createCustomer, PostgresJobSchema.migration])
/// print(try await migrations.plan(on: database))
/// try await migrations.apply(to: database)
/// ```
///
/// One table holds the jobs of all queues. Without it every call of a ``PostgresJobQueue`` throws
/// `invalidStatement`.
public enum PostgresJobSchema {
    /// The statements that make the table and its three indexes.
    public static var migration: Migration {
        Migration(
            "storagekit-jobs",
            """
            CREATE TABLE storagekit_job (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                queue text NOT NULL,
                payload jsonb NOT NULL,
                priority bigint NOT NULL,
                key text,
                created_at timestamptz NOT NULL DEFAULT now(),
                due_at timestamptz NOT NULL,
                attempts bigint NOT NULL DEFAULT 0,
                lease bigint NOT NULL DEFAULT 0,
                leased_at timestamptz,
                failure text,
                dead_at timestamptz
            )
            """,
            """
            CREATE INDEX storagekit_job_due ON storagekit_job (queue, priority DESC, due_at, id)
            WHERE dead_at IS NULL
            """,
            """
            CREATE UNIQUE INDEX storagekit_job_key ON storagekit_job (queue, key)
            WHERE dead_at IS NULL AND key IS NOT NULL
            """,
            """
            CREATE INDEX storagekit_job_dead ON storagekit_job (queue, dead_at, id)
            WHERE dead_at IS NOT NULL
            """)
    }

    /// What is notified, with the name of a queue, when a job of that queue can be had.
    static let channel = "storagekit_job"
}
