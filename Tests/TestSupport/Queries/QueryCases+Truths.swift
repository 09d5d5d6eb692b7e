import StorageKit

// Conditions as values: they are true or false there too, and nothing else.
extension QueryCase {
    static let truths: [QueryCase] = [
        people(
            "a condition that is false, NULL or not", #"(("age" < ?) IS TRUE) = ?"#, "[2, 3]"
        ) { ($0.age < 50) == false },
        people(
            "a condition that is as true as another",
            #"(("id" < ?) IS TRUE) = (("age" = ?) IS TRUE)"#, "[1, 3]"
        ) { ($0.id < 3) == ($0.age == 36) },
        people(
            "a condition that differs from a truth", #"(("age" < ?) IS TRUE) <> "active""#, "[3, 4]"
        ) { ($0.age < 50) != $0.active },
        people(
            "several, compared with another",
            """
            ((("id" < ?) IS TRUE) = (("age" < ?) IS TRUE) AND "active")
            """, "[1, 3]"
        ) { ($0.id < 3) == ($0.age < 50) && $0.active },
        people(
            "the opposite of a comparison of conditions",
            """
            (((("nick" = ?) IS TRUE) = (("age" > ?) IS TRUE)) IS NOT TRUE)
            """, "[3, 4]"
        ) { !(($0.nick == "") == ($0.age > 50)) },
        QueryCase(
            "a condition of each row",
            tuples: People.all.order { [$0.id.ascending] }.select { ($0.id, $0.age < 50) },
            #"SELECT "id", (("age" < ?) IS TRUE) FROM "person" ORDER BY "id""#,
            "[(1, true), (2, false), (3, false), (4, true)]"),
        QueryCase(
            "a condition that is kept",
            change: People.updateEveryRow { [$0.set(\.active, to: $0.age < 50)] },
            then: People.all.filter { $0.active }.order { [$0.id.ascending] }.select { $0.id },
            #"UPDATE "person" SET "active" = (("age" < ?) IS TRUE)"#, "[1, 4]"),
    ]
}
