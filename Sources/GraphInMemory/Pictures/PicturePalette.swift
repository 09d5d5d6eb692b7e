/// The colours of categories: those of Okabe and Ito, which people with any colour vision tell
/// apart.
enum PicturePalette {
    private static let colours = [
        "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999",
    ]

    static func colour(_ category: Int) -> String {
        let place = category % colours.count
        return colours[place < 0 ? place + colours.count : place]
    }
}
