extension BSONCorpus {
    private static func texts(_ kind: String, _ type: String) -> [BSONCorpusError] {
        [
            BSONCorpusError("\(kind): length 0", "0C000000\(type)610000000000"),
            BSONCorpusError("\(kind): length -1", "0C000000\(type)6100FFFFFFFF00"),
            BSONCorpusError(
                "\(kind): eats terminator", "10000000\(type)6100050000006200620000"),
            BSONCorpusError(
                "\(kind): longer than the rest", "12000000\(type)00FFFFFF00666F6F6261720000"),
            BSONCorpusError(
                "\(kind): not null-terminated", "10000000\(type)610004000000616263FF00"),
            BSONCorpusError(
                "\(kind): empty, but extra null", "0E000000\(type)610001000000000000"),
            BSONCorpusError("\(kind): invalid UTF-8", "0E000000\(type)610002000000E90000"),
        ]
    }

    private static func scope(_ name: String, _ lengths: String) -> BSONCorpusError {
        BSONCorpusError(
            "code with scope: \(name)",
            "280000000F6100\(lengths)61626364001300000010780001000000107900010000000000")
    }

    static let decodeErrors =
        texts("string", "02") + texts("code", "0D") + texts("symbol", "0E") + [
            BSONCorpusError(
                "array: eats outer terminator", "140000000461000D0000001030000A0000000000"),
            BSONCorpusError(
                "array: leaks terminator", "140000000461000B0000001030000A0000000000"),
            BSONCorpusError(
                "array: bad string length",
                "1A00000004666F6F00100000000230000500000062617A000000"),
            BSONCorpusError(
                "binary: longer than document",
                "1D000000057800FF0000000573FFD26444B34C6990E8E7D1DFC035D400"),
            BSONCorpusError("binary: negative length", "0D000000057800FFFFFFFF0000"),
            BSONCorpusError(
                "binary: 0x02, too long", "13000000057800060000000203000000FFFF00"),
            BSONCorpusError(
                "binary: 0x02, too short", "13000000057800060000000201000000FFFF00"),
            BSONCorpusError(
                "binary: 0x02, negative", "130000000578000600000002FFFFFFFFFFFF00"),
            BSONCorpusError("bool: 2", "090000000862000200"),
            BSONCorpusError("bool: 255", "09000000086200FF00"),
            scope("length zero", "0000000005000000"), scope("length negative", "FFFFFFFF05000000"),
            scope("length truncates scope", "1F00000005000000"),
            scope("length one too long", "2100000005000000"),
            scope("length much too long", "FF00000005000000"),
            scope("string too short", "2000000004000000"),
            scope("string too long", "2000000006000000"),
            scope("string much too long", "20000000FF000000"),
            scope("string negative", "20000000FFFFFFFF"),
            BSONCorpusError(
                "code with scope: less than the least",
                "160000000F61000D0000000100000000050000000000"),
            BSONCorpusError("datetime: truncated", "0C0000000961001234567800"),
            BSONCorpusError(
                "dbpointer: negative length",
                "1A0000000C6100FFFFFFFF620056E1FC72E0C917E9C471416100"),
            BSONCorpusError(
                "dbpointer: zero length", "1A0000000C610000000000620056E1FC72E0C917E9C471416100"),
            BSONCorpusError(
                "dbpointer: not null-terminated",
                "1A0000000C610002000000626256E1FC72E0C917E9C471416100"),
            BSONCorpusError(
                "dbpointer: short OID", "160000000C61000300000061620056E1FC72E0C91700"),
            BSONCorpusError(
                "dbpointer: OID one byte short",
                "1A0000000C61000300000061620056E1FC72E0C917E9C4716100"),
            BSONCorpusError(
                "dbpointer: invalid UTF-8",
                "1A0000000C610002000000E90056E1FC72E0C917E9C471416100"),
            BSONCorpusError("double: truncated", "0B0000000164000000F03F00"),
            BSONCorpusError("int32: bad length", "090000001061000500"),
            BSONCorpusError("int64: bad length", "0C0000001261001234567800"),
            BSONCorpusError("oid: truncated", "1200000007610056E1FC72E0C917E9C471"),
            BSONCorpusError("timestamp: truncated", "0F0000001161002A00000015CD5B00"),
            BSONCorpusError(
                "regex: null byte in pattern", "0F0000000B610061006300696D0000"),
            BSONCorpusError("regex: null byte in flags", "100000000B61006162630069006D0000"),
            BSONCorpusError(
                "document: eats outer terminator",
                "1800000003666F6F000F0000001062617200FFFFFF7F0000"),
            BSONCorpusError(
                "document: leaks terminator", "1500000003666F6F000A0000000862617200010000"),
            BSONCorpusError(
                "document: bad string length",
                "1C00000003666F6F001200000002626172000500000062617A000000"),
            BSONCorpusError(
                "document: null byte in key", "150000000378000D00000010610000010000000000"),
            BSONCorpusError("top: size 1", "0100000000"),
            BSONCorpusError("top: size 4", "0400000000"),
            BSONCorpusError("top: no terminator", "05000000"),
            BSONCorpusError("top: terminator 0x01", "0500000001"),
            BSONCorpusError("top: terminator 0xFF", "05000000FF"),
            BSONCorpusError("top: terminator 0x70", "0500000070"),
            BSONCorpusError("top: size 0", "00000000000000000000"),
            BSONCorpusError("top: truncated", "1200000002666F6F0004000000626172"),
            BSONCorpusError(
                "top: garbage behind", "1200000002666F6F00040000006261720000DEADBEEF"),
            BSONCorpusError("top: one byte too long", "1300000002666F6F00040000006261720000"),
            BSONCorpusError("top: one byte too short", "1100000002666F6F00040000006261720000"),
            BSONCorpusError("top: type 0x00", "07000000000000"),
            BSONCorpusError("top: type 0x80", "07000000800000"),
            BSONCorpusError("top: truncated in a key", "1200000002666F"),
            BSONCorpusError("top: null byte in key", "0D000000107800000100000000"),
        ]

    static let parseErrors = values.map { BSONCorpusError($0, #"{"a":\#($0)}"#) } + tops

    private static let tops = [
        BSONCorpusError("nothing", ""), BSONCorpusError("no document", "[]"),
        BSONCorpusError("a value", #"{"$oid":"56e1fc72e0c917e9c4714161"}"#),
        BSONCorpusError("open", #"{"a":1"#), BSONCorpusError("a comma", #"{"a":1,}"#),
        BSONCorpusError("two", #"{"a":1}{"b":2}"#), BSONCorpusError("single quotes", "{'a':1}"),
        BSONCorpusError("null byte in key", #"{"a\u0000":1}"#),
        BSONCorpusError("null byte in key below", #"{"a":{"b\u0000":1}}"#),
        BSONCorpusError("a control character", "{\"a\":\"\n\"}"),
    ]

    /// Values that are none.
    private static let values = [
        #"{"$oid":42}"#, #"{"$oid":"56e1fc72e0c917e9c471416"}"#,
        #"{"$oid":"56e1fc72e0c917e9c4714161","extra":true}"#,
        #"{"$numberInt":42}"#, #"{"$numberInt":"42","extra":true}"#,
        #"{"$numberInt":"2147483648"}"#, #"{"$numberInt":"x"}"#, #"{"$numberInt":"+1"}"#,
        #"{"$numberLong":42}"#, #"{"$numberLong":"42","extra":true}"#, #"{"$numberLong":"4.2"}"#,
        #"{"$numberDouble":42}"#, #"{"$numberDouble":"42","extra":true}"#,
        #"{"$numberDouble":"0x1p3"}"#, #"{"$numberDouble":""}"#,
        #"{"$numberDecimal":42}"#, #"{"$numberDecimal":"42","extra":true}"#,
        #"{"$numberDecimal":"E02"}"#, #"{"$numberDecimal":".e"}"#, #"{"$numberDecimal":"."}"#,
        #"{"$numberDecimal":"1.2.3"}"#, #"{"$numberDecimal":"- 1"}"#,
        #"{"$numberDecimal":"1e"}"#, #"{"$numberDecimal":"1E+6145"}"#,
        #"{"$numberDecimal":"1E-6177"}"#, #"{"$numberDecimal":"infinit"}"#,
        #"{"$numberDecimal":"12345678901234567890123456789012345"}"#,
        #"{"$binary":{"base64":0,"subType":"00"}}"#, #"{"$binary":{"base64":"","subType":0}}"#,
        #"{"$binary":{"base64":""}}"#, #"{"$binary":{"subType":"00"}}"#,
        #"{"$binary":{"base64":"","subType":"00","extra":1}}"#,
        #"{"$binary":{"base64":"","subType":"00"},"extra":1}"#,
        #"{"$binary":{"base64":"/","subType":"00"}}"#,
        #"{"$binary":{"base64":"","subType":"100"}}"#, #"{"$binary":"","$type":"00"}"#,
        #"{"$binary":0,"$type":"00"}"#,
        #"{"$uuid":"73ffd26444b34c6990e8e7d1dfc035d4"}"#,
        #"{"$uuid":{"data":"73ffd264-44b3-4c69-90e8-e7d1dfc035d4"}}"#,
        #"{"$uuid":"73ffd264-44b3-90e8-e7d1dfc035d4"}"#,
        #"{"$uuid":"73ffd264-44b3-4c69-90e8-e7d1dfc035d4-789e4"}"#,
        #"{"$uuid":"73ff-d26444b-34c6-990e8e-7d1dfc035d4"}"#,
        #"{"$code":42}"#, #"{"$code":"f","extra":true}"#, #"{"$code":"f","$scope":42}"#,
        #"{"$code":"f","$scope":{},"extra":1}"#, #"{"$scope":{}}"#, #"{"$symbol":42}"#,
        #"{"$symbol":"s","extra":true}"#, #"{"$timestamp":{"t":123456789}}"#,
        #"{"$timestamp":42}"#,
        #"{"$timestamp":{"i":42}}"#, #"{"$timestamp":{"t":"123456789","i":42}}"#,
        #"{"$timestamp":{"t":123456789,"i":42,"extra":1}}"#, #"{"$timestamp":{"t":-1,"i":1}}"#,
        #"{"$timestamp":{"t":1,"i":4294967296}}"#,
        #"{"$regularExpression":{"pattern":"abc"}}"#, #"{"$regularExpression":{"options":"i"}}"#,
        #"{"$regularExpression":{"pattern":42,"options":""}}"#,
        #"{"$regularExpression":{"pattern":"a","options":"","extra":1}}"#,
        #"{"$regularExpression":{"pattern":"a\u0000b","options":"i"}}"#,
        #"{"$regularExpression":{"pattern":"ab","options":"i\u0000"}}"#,
        #"{"$dbPointer":{"$ref":"b"}}"#, #"{"$dbPointer":{"$ref":1,"$id":{"$oid":"x"}}}"#,
        #"{"$dbPointer":{"$ref":"b","$id":"56e1fc72e0c917e9c4714161"}}"#,
        #"{"$date":42}"#, #"{"$date":{"$numberInt":"42"}}"#, #"{"$date":"2012-12-24"}"#,
        #"{"$date":"2012-02-30T00:00:00Z"}"#, #"{"$date":"2012-13-01T00:00:00Z"}"#,
        #"{"$date":{"$numberLong":"42"},"extra":true}"#, #"{"$minKey":true}"#, #"{"$minKey":0}"#,
        #"{"$maxKey":true}"#, #"{"$maxKey":0}"#,
        #"{"$minKey":1,"extra":true}"#, #"{"$maxKey":"1"}"#, #"{"$maxKey":1,"extra":true}"#,
        #"{"$undefined":false}"#, #"{"$undefined":true,"extra":1}"#, "01", "-", "1.", "1e", ".5",
        "+1", "nul", "1e999", #""\x""#, #""\ud800""#, #""\udc00""#, #""\u12g4""#,
    ]
}
