extension BSONCorpus {
    static let composites = [
        BSONCorpusCase("array: empty", "0D000000046100050000000000", #"{"a":[]}"#),
        BSONCorpusCase(
            "array: single element", "140000000461000C0000001030000A0000000000",
            #"{"a":[{"$numberInt":"10"}]}"#, relaxed: #"{"a":[10]}"#),
        BSONCorpusCase(
            "array: index is the empty string", "140000000461000C0000001030000A0000000000",
            #"{"a":[{"$numberInt":"10"}]}"#, relaxed: #"{"a":[10]}"#,
            degenerateBSON: "130000000461000B00000010000A0000000000"),
        BSONCorpusCase(
            "array: index is ab", "140000000461000C0000001030000A0000000000",
            #"{"a":[{"$numberInt":"10"}]}"#, relaxed: #"{"a":[10]}"#,
            degenerateBSON: "150000000461000D000000106162000A0000000000"),
        BSONCorpusCase(
            "array: duplicate indexes", "1B000000046100130000001030000A000000103100140000000000",
            #"{"a":[{"$numberInt":"10"},{"$numberInt":"20"}]}"#, relaxed: #"{"a":[10,20]}"#,
            degenerateBSON: "1B000000046100130000001030000A000000103000140000000000"),
        BSONCorpusCase("document: empty", "0D000000037800050000000000", #"{"x":{}}"#),
        BSONCorpusCase(
            "document: empty key", "150000000378000D00000002000200000062000000",
            #"{"x":{"":"b"}}"#),
        BSONCorpusCase(
            "document: single-character key", "160000000378000E0000000261000200000062000000",
            #"{"x":{"a":"b"}}"#),
        BSONCorpusCase(
            "document: dollar-prefixed key", "170000000378000F000000022461000200000062000000",
            #"{"x":{"$a":"b"}}"#),
        BSONCorpusCase(
            "document: $type as an operator",
            "180000000378001000000010247479706500020000000000",
            #"{"x":{"$type":{"$numberInt":"2"}}}"#, relaxed: #"{"x":{"$type":2}}"#),
        BSONCorpusCase(
            "dbpointer", "1A0000000C610002000000620056E1FC72E0C917E9C471416100",
            #"{"a":{"$dbPointer":{"$ref":"b","$id":{"$oid":"56e1fc72e0c917e9c4714161"}}}}"#),
        BSONCorpusCase(
            "dbref",
            """
            37000000036462726566002B0000000224726566000B000000636F6C6C656374696F6E0007246964005892\
            1B3E6E32AB156A22B59E0000
            """,
            #"{"dbref":{"$ref":"collection","$id":{"$oid":"58921b3e6e32ab156a22b59e"}}}"#),
        BSONCorpusCase(
            "top: dollar-prefixed key", "0F00000010246B6579002A00000000",
            #"{"$key":{"$numberInt":"42"}}"#, relaxed: #"{"$key":42}"#),
    ]
}
