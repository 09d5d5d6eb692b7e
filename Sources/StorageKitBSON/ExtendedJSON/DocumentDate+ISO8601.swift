internal import StorageKit

extension DocumentDate {
    /// From the beginning of 1970 to that of 2001, where `CivilTime` counts from.
    private static let secondsToReference: Int64 = 978_307_200

    /// The moment as `2012-12-24T12:15:30.501Z`; `nil` before 1970 and after 9999, where the
    /// specification of Extended JSON wants a number.
    var iso8601: String? {
        guard (0..<253_402_300_800_000).contains(millisecondsSince1970) else { return nil }
        let (seconds, rest) = millisecondsSince1970.quotientAndRemainder(dividingBy: 1_000)
        let time = CivilTime(secondsSinceReference: seconds - Self.secondsToReference).text
        let fraction = rest == 0 ? "" : ".\(String(1_000 + rest).dropFirst())"
        return "\(time.replacing(" ", with: "T"))\(fraction)Z"
    }

    /// Reads `2012-12-24T12:15:30.501Z`, with any offset from UTC and a fraction of any length, of
    /// which milliseconds are kept; `nil` for anything else.
    init?(iso8601 text: String) {
        let form =
            #/
            (\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):?(\d\d)?)
            /#.asciiOnlyDigits()
        guard let match = text.wholeMatch(of: form) else { return nil }
        let numbers = [match.1, match.2, match.3, match.4, match.5, match.6].compactMap {
            Int64($0)
        }
        guard numbers.count == 6,
            let time = CivilTime(
                year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3],
                minute: numbers[4], second: numbers[5])
        else { return nil }
        let fraction = match.7.map { Int64(($0 + "00").prefix(3)) ?? 0 } ?? 0
        var seconds = time.secondsSinceReference + Self.secondsToReference
        if let sign = match.8 {
            let hours = match.9.flatMap { Int64($0) } ?? 0
            let rest = match.10.flatMap { Int64($0) } ?? 0
            guard hours < 24, rest < 60 else { return nil }
            seconds -= (sign == "-" ? -60 : 60) * (hours * 60 + rest)
        }
        self.init(millisecondsSince1970: seconds * 1_000 + fraction)
    }
}
