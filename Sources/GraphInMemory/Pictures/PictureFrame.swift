/// The smallest upright rectangle around points, never without width or height.
struct PictureFrame {
    let left: Double
    let top: Double
    let width: Double
    let height: Double

    init(around points: [GraphPicture.Point]) {
        left = points.map(\.x).min() ?? 0
        top = points.map(\.y).min() ?? 0
        width = max((points.map(\.x).max() ?? 0) - left, 1e-6)
        height = max((points.map(\.y).max() ?? 0) - top, 1e-6)
    }
}
