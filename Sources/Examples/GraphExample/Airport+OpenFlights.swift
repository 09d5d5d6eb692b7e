import Foundation
import StorageKit

extension Airport {
    /// The airports of the file, in its order.
    static var openFlights: [Airport] {
        openFlightsAirports.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "|").map(String.init)
            guard parts.count == 5, let latitude = Double(parts[3]),
                let longitude = Double(parts[4])
            else { return nil }
            return Airport(
                code: parts[0], city: parts[1], country: parts[2], latitude: latitude,
                longitude: longitude)
        }
    }

    /// The pairs of codes between which there is a route.
    static var openFlightsPairs: [(String, String)] {
        openFlightsRoutes.split(separator: "\n").flatMap { line in
            let parts = line.split(whereSeparator: { ": ".contains($0) }).map(String.init)
            return parts.dropFirst().map { (parts[0], $0) }
        }
    }

    /// How far it is on the great circle, in kilometres.
    ///
    /// R. W. Sinnott, *Virtues of the Haversine*, Sky and Telescope 68, 1984; the mean radius of
    /// the earth.
    func kilometres(to other: Airport) -> Double {
        let (first, second) = (latitude * .pi / 180, other.latitude * .pi / 180)
        let height = sin((second - first) / 2)
        let width = sin((other.longitude - longitude) * .pi / 360)
        let share = height * height + cos(first) * cos(second) * width * width
        return 2 * 6_371 * asin(min(1, share.squareRoot()))
    }

    /// The node as it is stored.
    var draft: GraphNodeDraft {
        GraphNodeDraft(
            [Self.label],
            [
                "code": .string(code), "city": .string(city), "country": .string(country),
                "latitude": .double(latitude), "longitude": .double(longitude),
            ])
    }
}
