extension BSONCorpus {
    /// What strings, programs and symbols have alike: their types are 02, 0D and 0E.
    private static func texts(
        _ kind: String, _ type: String, _ json: (String) -> String
    ) -> [BSONCorpusCase] {
        [
            BSONCorpusCase(
                "\(kind): empty", "0D000000\(type)6100010000000000", #"{"a":\#(json(""))}"#),
            BSONCorpusCase(
                "\(kind): single character", "0E000000\(type)610002000000620000",
                #"{"a":\#(json("b"))}"#),
            BSONCorpusCase(
                "\(kind): multi-character",
                "19000000\(type)61000D0000006162616261626162616261620000",
                #"{"a":\#(json("abababababab"))}"#),
            BSONCorpusCase(
                "\(kind): two-byte UTF-8",
                "19000000\(type)61000D000000C3A9C3A9C3A9C3A9C3A9C3A90000",
                #"{"a":\#(json("éééééé"))}"#,
                degenerateJSON: #"{"a":\#(json(#"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"#))}"#),
            BSONCorpusCase(
                "\(kind): three-byte UTF-8",
                "19000000\(type)61000D000000E29886E29886E29886E298860000",
                #"{"a":\#(json("☆☆☆☆"))}"#,
                degenerateJSON: #"{"a":\#(json(#"\u2606\u2606\u2606\u2606"#))}"#),
            BSONCorpusCase(
                "\(kind): embedded nulls",
                "19000000\(type)61000D0000006162006261620062616261620000",
                #"{"a":\#(json(#"ab\u0000bab\u0000babab"#))}"#),
        ]
    }

    static let texts =
        texts("string", "02") { #""\#($0)""# }
        + texts("code", "0D") { #"{"$code":"\#($0)"}"# }
        + texts("symbol", "0E") { #"{"$symbol":"\#($0)"}"# }
        + [
            BSONCorpusCase(
                "string: required escapes",
                """
                320000000261002600000061625C220102030405060708090A0B0C0D0E0F10111213141516171819\
                1A1B1C1D1E1F61620000
                """,
                #"{"a":"ab\\\"\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r"#
                    + #"\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018"#
                    + #"\u0019\u001a\u001b\u001c\u001d\u001e\u001fab"}"#),
            BSONCorpusCase(
                "regex: empty", "0A0000000B6100000000",
                #"{"a":{"$regularExpression":{"pattern":"","options":""}}}"#),
            BSONCorpusCase(
                "regex: without options", "0D0000000B6100616263000000",
                #"{"a":{"$regularExpression":{"pattern":"abc","options":""}}}"#),
            BSONCorpusCase(
                "regex: with options", "0F0000000B610061626300696D0000",
                #"{"a":{"$regularExpression":{"pattern":"abc","options":"im"}}}"#,
                degenerateJSON:
                    #"{"a":{"$regularExpression":{"options":"im","pattern":"abc"}}}"#),
            BSONCorpusCase(
                "regex: with a slash", "110000000B610061622F636400696D0000",
                #"{"a":{"$regularExpression":{"pattern":"ab/cd","options":"im"}}}"#),
            BSONCorpusCase(
                "regex: flags not alphabetised", "100000000B610061626300696D780000",
                #"{"a":{"$regularExpression":{"pattern":"abc","options":"imx"}}}"#,
                degenerateBSON: "100000000B6100616263006D69780000",
                degenerateJSON:
                    #"{"a":{"$regularExpression":{"pattern":"abc","options":"mix"}}}"#),
            BSONCorpusCase(
                "regex: required escapes", "100000000B610061625C226162000000",
                #"{"a":{"$regularExpression":{"pattern":"ab\\\"ab","options":""}}}"#),
            BSONCorpusCase(
                "code with scope: empty", "160000000F61000E0000000100000000050000000000",
                #"{"a":{"$code":"","$scope":{}}}"#),
            BSONCorpusCase(
                "code with scope: empty scope",
                "1A0000000F610012000000050000006162636400050000000000",
                #"{"a":{"$code":"abcd","$scope":{}}}"#),
            BSONCorpusCase(
                "code with scope: empty code",
                "1D0000000F61001500000001000000000C000000107800010000000000",
                #"{"a":{"$code":"","$scope":{"x":{"$numberInt":"1"}}}}"#,
                relaxed: #"{"a":{"$code":"","$scope":{"x":1}}}"#),
            BSONCorpusCase(
                "code with scope",
                "210000000F6100190000000500000061626364000C000000107800010000000000",
                #"{"a":{"$code":"abcd","$scope":{"x":{"$numberInt":"1"}}}}"#,
                relaxed: #"{"a":{"$code":"abcd","$scope":{"x":1}}}"#),
            BSONCorpusCase(
                "code with scope: Unicode and embedded null",
                "1A0000000F61001200000005000000C3A9006400050000000000",
                #"{"a":{"$code":"é\u0000d","$scope":{}}}"#),
        ]
}
