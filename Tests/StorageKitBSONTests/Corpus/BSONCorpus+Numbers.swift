extension BSONCorpus {
    private static func int32(_ bytes: String, _ number: String) -> BSONCorpusCase {
        BSONCorpusCase(
            "int32: \(number)", "0C000000106900\(bytes)00",
            #"{"i":{"$numberInt":"\#(number)"}}"#, relaxed: #"{"i":\#(number)}"#)
    }

    private static func int64(_ bytes: String, _ number: String) -> BSONCorpusCase {
        BSONCorpusCase(
            "int64: \(number)", "10000000126100\(bytes)00",
            #"{"a":{"$numberLong":"\#(number)"}}"#, relaxed: #"{"a":\#(number)}"#)
    }

    private static func double(
        _ bytes: String, _ number: String, isFinite: Bool = true, isLossy: Bool = false
    ) -> BSONCorpusCase {
        BSONCorpusCase(
            "double: \(number), \(bytes)", "10000000016400\(bytes)00",
            #"{"d":{"$numberDouble":"\#(number)"}}"#,
            relaxed: isFinite ? #"{"d":\#(number)}"# : nil, isLossy: isLossy)
    }

    static let numbers = [
        int32("00000080", "-2147483648"), int32("FFFFFF7F", "2147483647"), int32("FFFFFFFF", "-1"),
        int32("00000000", "0"), int32("01000000", "1"),
        int64("0000000000000080", "-9223372036854775808"),
        int64("FFFFFFFFFFFFFF7F", "9223372036854775807"), int64("FFFFFFFFFFFFFFFF", "-1"),
        int64("0000000000000000", "0"), int64("0100000000000000", "1"),
        double("000000000000F03F", "1.0"), double("000000000000F0BF", "-1.0"),
        double("000000008000F03F", "1.0001220703125"),
        double("000000008000F0BF", "-1.0001220703125"),
        double("2A1BF5F41022B143", "1.2345678921232E+18"),
        double("2A1BF5F41022B1C3", "-1.2345678921232E+18"), double("0000000000000000", "0.0"),
        double("0000000000000080", "-0.0"), double("000000000000F87F", "NaN", isFinite: false),
        double("120000000000F87F", "NaN", isFinite: false, isLossy: true),
        double("000000000000F07F", "Infinity", isFinite: false),
        double("000000000000F0FF", "-Infinity", isFinite: false),
    ]

    private static func decimal(
        _ bytes: String, _ text: String, from degenerate: String? = nil, isLossy: Bool = false
    ) -> BSONCorpusCase {
        BSONCorpusCase(
            "decimal: \(degenerate ?? text), \(bytes)", "18000000136400\(bytes)00",
            #"{"d":{"$numberDecimal":"\#(text)"}}"#,
            degenerateJSON: degenerate.map { #"{"d":{"$numberDecimal":"\#($0)"}}"# },
            isLossy: isLossy)
    }

    static let decimals = [
        decimal("0000000000000000000000000000007C", "NaN"),
        decimal("000000000000000000000000000000FC", "NaN", isLossy: true),
        decimal("0000000000000000000000000000007E", "NaN", isLossy: true),
        decimal("00000000000000000000000000000078", "Infinity"),
        decimal("00000000000000000000000000000078", "Infinity", from: "+inf"),
        decimal("000000000000000000000000000000F8", "-Infinity"),
        decimal("000000000000000000000000000000F8", "-Infinity", from: "-iNfInItY"),
        decimal("D2040000000000000000000000003430", "0.001234"),
        decimal("01000000000000000000000000003E30", "0.1"),
        decimal("F2AF967ED05C82DE3297FF6FDE3CFC2F", "0.1234567890123456789012345678901234"),
        decimal("00000000000000000000000000004030", "0"),
        decimal("000000000000000000000000000040B0", "-0"),
        decimal("00000000000000000000000000003EB0", "-0.0"),
        decimal("02000000000000000000000000004030", "2"),
        decimal("D0070000000000000000000000003A30", "2.000"),
        decimal("F2AF967ED05C82DE3297FF6FDE3C4030", "1234567890123456789012345678901234"),
        decimal(
            "FFFFFFFF638E8D37C087ADBE09ED0100", "9.999999999999999999999999999999999E-6143"),
        decimal("F2AF967ED05C82DE3297FF6FDE3CF02F", "1.234567890123456789012345678901234E-7"),
        decimal("64000000000000000000000000002CB0", "-1.00E-8"),
        decimal("0000000000000000000000000000205F", "0E+6000"),
        decimal("00000000000000000000000000007A2B", "0E-611"),
        decimal("01000000000000000000000000004630", "1E+3"),
        decimal("01000000000000000000000000004630", "1E+3", from: "1e3"),
        decimal("1A040000000000000000000000004230", "1.050E+4"),
        decimal("69000000000000000000000000004230", "1.05E+3"),
        decimal("FFFFFFFFFFFFFFFFFFFFFFFFFFFF4030", "5192296858534827628530496329220095"),
        decimal(
            "000000000A5BC138938D44C64D31FE5F", "1.000000000000000000000000000000000E+6144"),
        decimal(
            "000000000A5BC138938D44C64D31FE5F", "1.000000000000000000000000000000000E+6144",
            from: "1E6144"),
        decimal(
            "FFFFFFFF638E8D37C087ADBE09EDFF5F", "9.999999999999999999999999999999999E+6144"),
        decimal("01000000000000000000000000000000", "1E-6176"),
        decimal("01000000000000000000000000000000", "1E-6176", from: "10E-6177"),
        decimal("0A00000000000000000000000000FE5F", "1.0E+6112", from: "1E6112"),
        decimal("0000000000000000000000000000FE5F", "0E+6111", from: "0E+99999999999999999999"),
        decimal("00000000000000000000000000000000", "0E-6176", from: "0E-8000"),
        decimal(
            "000000000A5BC138938D44C64D314230", "1.000000000000000000000000000000000E+34",
            from: "10000000000000000000000000000000000"),
        decimal("01000000000000000000000000003E30", "0.1", from: ".1"),
        decimal("0C000000000000000000000000003E30", "1.2", from: "+0001.2"),
        // Significands that are too large are zero.
        BSONCorpusCase(
            "decimal: the long form", "180000001364000000000000000000000000000000106C00",
            #"{"d":{"$numberDecimal":"0"}}"#, isLossy: true),
    ]
}
