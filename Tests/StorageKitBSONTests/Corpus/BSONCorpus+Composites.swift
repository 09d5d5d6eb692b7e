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
            37000000036462726566002B0000000224726566000B000000636F6C6C656374696F6E0007246964\
            0058921B3E6E32AB156A22B59E0000
            """,
            #"{"dbref":{"$ref":"collection","$id":{"$oid":"58921b3e6e32ab156a22b59e"}}}"#),
        BSONCorpusCase(
            "top: dollar-prefixed key", "0F00000010246B6579002A00000000",
            #"{"$key":{"$numberInt":"42"}}"#, relaxed: #"{"$key":42}"#),
        BSONCorpusCase(
            "top: like a pattern, with more keys",
            """
            3F00000002247265676578000C0000006E6F742D612D72656765780002246F7074696F6E73000200\
            00006900022462616E616E6100050000007065656C0000
            """,
            #"{"$regex":"not-a-regex","$options":"i","$banana":"peel"}"#),
        BSONCorpusCase(
            "top: like bytes, with keys missing",
            "1A000000022462696E6172790008000000616263646566670000", #"{"$binary":"abcdefg"}"#),
        BSONCorpusCase(
            "document: $type as an operator, by name",
            "1F000000037800170000000224747970650007000000737472696E67000000",
            #"{"x":{"$type":"string"}}"#),
        BSONCorpusCase(
            "top: $regex as an operator",
            """
            270000000B247265676578007061747465726E000002246F7074696F6E73000300000069780000
            """,
            """
            {"$regex":{"$regularExpression":{"pattern":"pattern","options":""}},"$options":"ix"}
            """),
        BSONCorpusCase(
            "all types",
            """
            F4010000075F69640057E193D7A9CC81B4027498B502537472696E670007000000737472696E6700\
            10496E743332002A00000012496E743634002A0000000000000001446F75626C6500000000000000\
            F0BF0542696E617279001000000003A34C38F7C3ABEDC8A37814A992AB8DB60542696E6172795573\
            6572446566696E656400050000008001020304050D436F6465000E00000066756E6374696F6E2829\
            207B7D000F436F64655769746853636F7065001B0000000E00000066756E6374696F6E2829207B7D\
            00050000000003537562646F63756D656E74001200000002666F6F00040000006261720000044172\
            72617900280000001030000100000010310002000000103200030000001033000400000010340005\
            000000001154696D657374616D7000010000002A0000000B5265676578007061747465726E000009\
            4461746574696D6545706F6368000000000000000000094461746574696D65506F73697469766500\
            FFFFFF7F00000000094461746574696D654E656761746976650000000080FFFFFFFF085472756500\
            010846616C73650000034442526566003D0000000224726566000B000000636F6C6C656374696F6E\
            00072469640057FD71E96E32AB4225B723FB02246462000900000064617461626173650000FF4D69\
            6E6B6579007F4D61786B6579000A4E756C6C0000
            """,
            #"{"_id":{"$oid":"57e193d7a9cc81b4027498b5"},"String":"string","#
                + #""Int32":{"$numberInt":"42"},"Int64":{"$numberLong":"42"},"#
                + #""Double":{"$numberDouble":"-1.0"},"#
                + #""Binary":{"$binary":{"base64":"o0w498Or7cijeBSpkquNtg==","subType":"03"}},"#
                + #""BinaryUserDefined":{"$binary":{"base64":"AQIDBAU=","subType":"80"}},"#
                + #""Code":{"$code":"function() {}"},"#
                + #""CodeWithScope":{"$code":"function() {}","$scope":{}},"#
                + #""Subdocument":{"foo":"bar"},"Array":[{"$numberInt":"1"},{"$numberInt":"2"},"#
                + #"{"$numberInt":"3"},{"$numberInt":"4"},{"$numberInt":"5"}],"#
                + #""Timestamp":{"$timestamp":{"t":42,"i":1}},"#
                + #""Regex":{"$regularExpression":{"pattern":"pattern","options":""}},"#
                + #""DatetimeEpoch":{"$date":{"$numberLong":"0"}},"#
                + #""DatetimePositive":{"$date":{"$numberLong":"2147483647"}},"#
                + #""DatetimeNegative":{"$date":{"$numberLong":"-2147483648"}},"#
                + #""True":true,"False":false,"DBRef":{"$ref":"collection","#
                + #""$id":{"$oid":"57fd71e96e32ab4225b723fb"},"$db":"database"},"#
                + #""Minkey":{"$minKey":1},"Maxkey":{"$maxKey":1},"Null":null}"#,
            relaxed: #"{"_id":{"$oid":"57e193d7a9cc81b4027498b5"},"String":"string","#
                + #""Int32":42,"Int64":42,"Double":-1.0,"#
                + #""Binary":{"$binary":{"base64":"o0w498Or7cijeBSpkquNtg==","subType":"03"}},"#
                + #""BinaryUserDefined":{"$binary":{"base64":"AQIDBAU=","subType":"80"}},"#
                + #""Code":{"$code":"function() {}"},"#
                + #""CodeWithScope":{"$code":"function() {}","$scope":{}},"#
                + #""Subdocument":{"foo":"bar"},"Array":[1,2,3,4,5],"#
                + #""Timestamp":{"$timestamp":{"t":42,"i":1}},"#
                + #""Regex":{"$regularExpression":{"pattern":"pattern","options":""}},"#
                + #""DatetimeEpoch":{"$date":"1970-01-01T00:00:00Z"},"#
                + #""DatetimePositive":{"$date":"1970-01-25T20:31:23.647Z"},"#
                + #""DatetimeNegative":{"$date":{"$numberLong":"-2147483648"}},"#
                + #""True":true,"False":false,"DBRef":{"$ref":"collection","#
                + #""$id":{"$oid":"57fd71e96e32ab4225b723fb"},"$db":"database"},"#
                + #""Minkey":{"$minKey":1},"Maxkey":{"$maxKey":1},"Null":null}"#),
    ]
}
