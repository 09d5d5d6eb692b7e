/// Bytes that nobody wrote this way: what a decoder throws, whoever made them.
struct MalformedBytes: Error, Hashable {
    /// Where, counted from the first byte that the decoder was given.
    let offset: Int
    /// What is wrong there.
    let reason: String
}
