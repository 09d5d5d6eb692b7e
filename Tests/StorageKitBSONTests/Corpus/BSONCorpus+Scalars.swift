extension BSONCorpus {
    static let scalars = [
        BSONCorpusCase("true", "090000000862000100", #"{"b":true}"#),
        BSONCorpusCase("false", "090000000862000000", #"{"b":false}"#),
        BSONCorpusCase("null", "080000000A610000", #"{"a":null}"#),
        BSONCorpusCase("undefined", "0800000006610000", #"{"a":{"$undefined":true}}"#),
        BSONCorpusCase("minkey", "08000000FF610000", #"{"a":{"$minKey":1}}"#),
        BSONCorpusCase("maxkey", "080000007F610000", #"{"a":{"$maxKey":1}}"#),
        BSONCorpusCase(
            "oid: all zeroes", "1400000007610000000000000000000000000000",
            #"{"a":{"$oid":"000000000000000000000000"}}"#),
        BSONCorpusCase(
            "oid: all ones", "14000000076100FFFFFFFFFFFFFFFFFFFFFFFF00",
            #"{"a":{"$oid":"ffffffffffffffffffffffff"}}"#),
        BSONCorpusCase(
            "oid: random", "1400000007610056E1FC72E0C917E9C471416100",
            #"{"a":{"$oid":"56e1fc72e0c917e9c4714161"}}"#),
        BSONCorpusCase(
            "datetime: epoch", "10000000096100000000000000000000",
            #"{"a":{"$date":{"$numberLong":"0"}}}"#,
            relaxed: #"{"a":{"$date":"1970-01-01T00:00:00Z"}}"#),
        BSONCorpusCase(
            "datetime: positive ms", "10000000096100C5D8D6CC3B01000000",
            #"{"a":{"$date":{"$numberLong":"1356351330501"}}}"#,
            relaxed: #"{"a":{"$date":"2012-12-24T12:15:30.501Z"}}"#,
            degenerateJSON: #"{"a":{"$date":"2012-12-24T13:45:30.501+01:30"}}"#),
        BSONCorpusCase(
            "datetime: negative", "10000000096100C33CE7B9BDFFFFFF00",
            #"{"a":{"$date":{"$numberLong":"-284643869501"}}}"#),
        BSONCorpusCase(
            "datetime: Y10K", "1000000009610000DC1FD277E6000000",
            #"{"a":{"$date":{"$numberLong":"253402300800000"}}}"#),
        BSONCorpusCase(
            "datetime: leading zero ms", "10000000096100D1D6D6CC3B01000000",
            #"{"a":{"$date":{"$numberLong":"1356351330001"}}}"#,
            relaxed: #"{"a":{"$date":"2012-12-24T12:15:30.001Z"}}"#),
        BSONCorpusCase(
            "timestamp", "100000001161002A00000015CD5B0700",
            #"{"a":{"$timestamp":{"t":123456789,"i":42}}}"#,
            degenerateJSON: #"{"a":{"$timestamp":{"i":42,"t":123456789}}}"#),
        BSONCorpusCase(
            "timestamp: high-order bits", "10000000116100FFFFFFFFFFFFFFFF00",
            #"{"a":{"$timestamp":{"t":4294967295,"i":4294967295}}}"#),
        BSONCorpusCase(
            "binary: zero-length", "0D000000057800000000000000",
            #"{"x":{"$binary":{"base64":"","subType":"00"}}}"#,
            degenerateJSON: #"{"x":{"$binary":{"subType":"00","base64":""}}}"#),
        BSONCorpusCase(
            "binary: 0x00", "0F0000000578000200000000FFFF00",
            #"{"x":{"$binary":{"base64":"//8=","subType":"00"}}}"#),
        BSONCorpusCase(
            "binary: 0x01", "0F0000000578000200000001FFFF00",
            #"{"x":{"$binary":{"base64":"//8=","subType":"01"}}}"#),
        BSONCorpusCase(
            "binary: 0x02", "13000000057800060000000202000000FFFF00",
            #"{"x":{"$binary":{"base64":"//8=","subType":"02"}}}"#),
        BSONCorpusCase(
            "binary: 0x03", "1D000000057800100000000373FFD26444B34C6990E8E7D1DFC035D400",
            #"{"x":{"$binary":{"base64":"c//SZESzTGmQ6OfR38A11A==","subType":"03"}}}"#),
        BSONCorpusCase(
            "binary: 0x04, UUID", "1D000000057800100000000473FFD26444B34C6990E8E7D1DFC035D400",
            #"{"x":{"$binary":{"base64":"c//SZESzTGmQ6OfR38A11A==","subType":"04"}}}"#,
            degenerateJSON: #"{"x":{"$uuid":"73ffd264-44b3-4c69-90e8-e7d1dfc035d4"}}"#),
        BSONCorpusCase(
            "binary: 0x05", "1D000000057800100000000573FFD26444B34C6990E8E7D1DFC035D400",
            #"{"x":{"$binary":{"base64":"c//SZESzTGmQ6OfR38A11A==","subType":"05"}}}"#),
        BSONCorpusCase(
            "binary: 0x80", "0F0000000578000200000080FFFF00",
            #"{"x":{"$binary":{"base64":"//8=","subType":"80"}}}"#),
    ]
}
